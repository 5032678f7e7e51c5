package io.burnish.alert.alert;

import io.burnish.alert.type.AlertType;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Each command has one row, whose class, message and severity follow the command (API contract, core 2.4). */
@ApplicationScoped
class CommandAlerts {

    private static final String ITEM = "Command object";

    private final AlertStore alerts;

    CommandAlerts(AlertStore alerts) {
        this.alerts = alerts;
    }

    /** What a command is, as a class of alerts; errored wins over cancelled. */
    static AlertType type(CommandFact command) {
        if (!command.complete()) {
            return AlertType.COMMAND_RUNNING;
        }
        if (command.errored()) {
            return AlertType.COMMAND_ERRORED;
        }
        return command.cancelled() ? AlertType.COMMAND_CANCELLED : AlertType.COMMAND_SUCCESSFUL;
    }

    static String message(CommandFact command) {
        String word =
                switch (type(command)) {
                    case COMMAND_RUNNING -> "running";
                    case COMMAND_ERRORED -> "failed";
                    case COMMAND_CANCELLED -> "cancelled";
                    default -> "successful";
                };
        return "Command " + command.message() + " " + word;
    }

    /** Follows a command's newest fact. A command that has ended does not run again. */
    void follow(Tx tx, CommandFact command) {
        AlertType type = type(command);
        tx.first(
                        """
                        INSERT INTO alert AS a (record_type, alert_type, item_type, item_id, item_str, message, severity, begin_at, end_at,
                            active, affected)
                        VALUES ($1, $1, 'command', $2, $3, $4, $5, $6, CASE WHEN $7 THEN now() END,
                            CASE WHEN $7 THEN NULL ELSE true END, $8)
                        ON CONFLICT (item_id) WHERE item_type = 'command' DO UPDATE
                        SET record_type = excluded.record_type, alert_type = excluded.alert_type, message = excluded.message,
                            severity = excluded.severity, active = excluded.active, end_at = excluded.end_at
                        WHERE a.active AND a.record_type <> excluded.record_type
                        RETURNING id""",
                        type.wire(),
                        command.id(),
                        ITEM,
                        message(command),
                        type.severity().stored(),
                        command.createdAt().atOffset(ZoneOffset.UTC),
                        command.complete(),
                        new String[] {command.ref().uri()})
                .ifPresent(row -> alerts.raised(tx, row.getLong(0), type));
    }
}
