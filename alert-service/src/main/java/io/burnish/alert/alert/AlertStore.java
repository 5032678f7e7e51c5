package io.burnish.alert.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code alert}: at most one active row per class and object (monitoring 1). */
@ApplicationScoped
public class AlertStore {

    /** Does what a verdict says. */
    public void apply(Tx tx, Verdict verdict) {
        switch (verdict) {
            case Verdict.Raise raise -> raise(tx, raise);
            case Verdict.Lower lower -> lower(tx, lower);
            case Verdict.Withdraw withdraw -> withdraw(tx, withdraw.type(), withdraw.item());
        }
    }

    private static void raise(Tx tx, Verdict.Raise raise) {
        tx.update(
                """
                INSERT INTO alert (record_type, item_type, item_id, item_str, message, severity, active, affected)
                VALUES ($1, $2, $3, $4, $5, $6, true, $7)
                ON CONFLICT (item_type, item_id, record_type) WHERE active DO NOTHING""",
                raise.type().wire(),
                raise.item().type().resource(),
                raise.item().id(),
                raise.itemText(),
                raise.message(),
                raise.severity().stored(),
                affected(raise.item(), raise.affected()));
    }

    private void lower(Tx tx, Verdict.Lower lower) {
        Optional<Long> ended = tx.first(
                        """
                        UPDATE alert SET active = NULL, end_at = now()
                        WHERE item_type = $1 AND item_id = $2 AND record_type = $3 AND active RETURNING id""",
                        lower.item().type().resource(),
                        lower.item().id(),
                        lower.type().wire())
                .map(row -> row.getLong(0));
        if (ended.isPresent() && lower.event() != null) {
            Verdict.EndEvent event = lower.event();
            event(
                    tx,
                    AlertType.ALERT_EVENT,
                    event.item(),
                    event.itemText(),
                    event.message(),
                    event.severity(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("alert_id", ended.get())
                            .put("message_str", event.message())
                            .toString(),
                    null);
        }
    }

    private static void withdraw(Tx tx, AlertType type, ObjectRef item) {
        tx.update("""
                UPDATE alert SET active = NULL
                WHERE item_type = $1 AND item_id = $2 AND record_type = $3 AND active""", item.type().resource(), item.id(), type.wire());
    }

    /** All active alerts on a removed object end, without end time and events (API contract, core 1.11). */
    void withdrawAll(Tx tx, ObjectRef item) {
        tx.update(
                "UPDATE alert SET active = NULL WHERE item_type = $1 AND item_id = $2 AND active",
                item.type().resource(),
                item.id());
    }

    /** A momentary record. */
    public void event(
            Tx tx,
            AlertType type,
            ObjectRef item,
            String itemText,
            String message,
            Severity severity,
            String variant,
            Integer lustrePid) {
        tx.update(
                """
                INSERT INTO alert (record_type, item_type, item_id, item_str, message, severity, end_at, variant, lustre_pid,
                    affected)
                VALUES ($1, $2, $3, $4, $5, $6, now(), $7, $8, $9)""",
                type.wire(),
                item.type().resource(),
                item.id(),
                itemText,
                message,
                severity.stored(),
                variant,
                lustrePid,
                affected(item, List.of()));
    }

    /** The one row of a command, whose class follows the command (API contract, core 2.4). */
    void command(Tx tx, CommandFact command) {
        AlertType type = !command.complete()
                ? AlertType.COMMAND_RUNNING
                : command.errored()
                        ? AlertType.COMMAND_ERRORED
                        : command.cancelled() ? AlertType.COMMAND_CANCELLED : AlertType.COMMAND_SUCCESSFUL;
        String word =
                switch (type) {
                    case COMMAND_RUNNING -> "running";
                    case COMMAND_ERRORED -> "failed";
                    case COMMAND_CANCELLED -> "cancelled";
                    default -> "successful";
                };
        String message = "Command " + command.message() + " " + word;
        int known = tx.update(
                """
                UPDATE alert SET record_type = $2, message = $3, severity = $4,
                    active = CASE WHEN $5 THEN NULL ELSE true END, end_at = CASE WHEN $5 THEN coalesce(end_at, now()) END
                WHERE item_type = 'command' AND item_id = $1""", command.id(), type.wire(), message, type.severity().stored(), command.complete());
        if (known == 0) {
            tx.update(
                    """
                    INSERT INTO alert (record_type, item_type, item_id, item_str, message, severity, begin_at, end_at, active,
                        affected)
                    VALUES ($1, 'command', $2, 'Command object', $3, $4, $5, CASE WHEN $6 THEN now() END,
                        CASE WHEN $6 THEN NULL ELSE true END, $7)""",
                    type.wire(),
                    command.id(),
                    message,
                    type.severity().stored(),
                    command.createdAt().atOffset(java.time.ZoneOffset.UTC),
                    command.complete(),
                    affected(command.ref(), List.of()));
        }
    }

    private static String[] affected(ObjectRef item, List<String> others) {
        List<String> all = new ArrayList<>();
        all.add(item.uri());
        all.addAll(others);
        return all.stream().distinct().toArray(String[]::new);
    }
}
