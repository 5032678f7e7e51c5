package io.burnish.alert.alert;

import io.burnish.alert.rule.Verdict;
import io.burnish.alert.type.AlertType;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table {@code alert}: at most one active row per type and object (monitoring 1). Verdicts are compared with what is active, so
 * those that change nothing, which are nearly all, cost one statement together.
 */
@ApplicationScoped
public class AlertStore {

    private final Instance<RaisedListener> listeners;

    AlertStore(@Any Instance<RaisedListener> listeners) {
        this.listeners = listeners;
    }

    private record Key(String itemType, long itemId, String name) {

        static Key of(Verdict verdict) {
            return new Key(verdict.item().type(), verdict.item().id(), verdict.name());
        }
    }

    /** Does what verdicts say. The caller's transaction holds what serialises changes of the objects concerned. */
    public void apply(Tx tx, List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        Set<Key> active = active(tx, verdicts);
        Set<Key> before = Set.copyOf(active);
        for (Verdict verdict : verdicts) {
            boolean present = active.contains(Key.of(verdict));
            switch (verdict) {
                case Verdict.Raise raise
                when !present -> {
                    raise(tx, raise);
                    active.add(Key.of(raise));
                }
                case Verdict.Lower lower
                when present -> {
                    lower(tx, lower);
                    active.remove(Key.of(lower));
                }
                case Verdict.Withdraw withdraw
                when present -> {
                    withdraw(tx, withdraw);
                    active.remove(Key.of(withdraw));
                }
                default -> {
                    // it is as it shall be
                }
            }
        }
        AlertNews.tell(
                tx,
                Stream.concat(before.stream(), active.stream())
                        .filter(key -> key.itemType().equals(ObjectType.STORAGE_RESOURCE.resource()))
                        .filter(key -> before.contains(key) != active.contains(key))
                        .map(Key::itemId)
                        .collect(Collectors.toSet()));
    }

    private static Set<Key> active(Tx tx, List<Verdict> verdicts) {
        Set<Key> active = new HashSet<>();
        for (Row row : tx.query(
                """
                SELECT a.item_type, a.item_id, a.alert_type FROM alert a
                JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[]) AS w (item_type, item_id)) AS w
                    ON a.item_type = w.item_type AND a.item_id = w.item_id
                WHERE a.active""",
                verdicts.stream().map(verdict -> verdict.item().type()).toArray(String[]::new),
                verdicts.stream().map(verdict -> verdict.item().id()).toArray(Long[]::new))) {
            active.add(new Key(row.getString(0), row.getLong(1), row.getString(2)));
        }
        return active;
    }

    private void raise(Tx tx, Verdict.Raise raise) {
        tx.first(
                        """
                        INSERT INTO alert (record_type, alert_type, item_type, item_id, item_str, message, severity, active,
                            affected, variant)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8, $9)
                        ON CONFLICT (item_type, item_id, alert_type) WHERE active DO NOTHING RETURNING id""",
                        raise.type().wire(),
                        raise.name(),
                        raise.item().type(),
                        raise.item().id(),
                        raise.item().text(),
                        raise.message(),
                        raise.severity().stored(),
                        AffectedObjects.uris(tx, raise.item(), raise.affected()),
                        ContractJson.text(raise.variant()))
                .ifPresent(row -> raised(tx, row.getLong(0), raise.type()));
    }

    /** Tells the listeners of a row that has become an alert of a class. */
    void raised(Tx tx, long id, AlertType type) {
        listeners.forEach(listener -> listener.raised(tx, id, type));
    }

    private void lower(Tx tx, Verdict.Lower lower) {
        Optional<Long> ended = tx.first("""
                        UPDATE alert SET active = NULL, end_at = now()
                        WHERE item_type = $1 AND item_id = $2 AND alert_type = $3 AND active RETURNING id""", lower.item().type(), lower.item().id(), lower.name())
                .map(row -> row.getLong(0));
        Verdict.EndEvent end = lower.event();
        if (ended.isPresent() && end != null) {
            event(
                    tx,
                    new Event(
                            AlertType.ALERT_EVENT,
                            end.item(),
                            end.message(),
                            end.severity(),
                            Map.of("alert_id", ended.get(), "message_str", end.message())));
        }
    }

    private static void withdraw(Tx tx, Verdict.Withdraw withdraw) {
        tx.update(
                "UPDATE alert SET active = NULL WHERE item_type = $1 AND item_id = $2 AND alert_type = $3 AND active",
                withdraw.item().type(),
                withdraw.item().id(),
                withdraw.name());
    }

    /** All active alerts on removed objects end, without end time and events (API contract, core 1.11). */
    void withdrawAll(Tx tx, Collection<ObjectRef> gone) {
        if (!gone.isEmpty()) {
            tx.update(
                    """
                    UPDATE alert a SET active = NULL FROM unnest($1::text[], $2::bigint[]) AS g (item_type, item_id)
                    WHERE a.item_type = g.item_type AND a.item_id = g.item_id AND a.active""",
                    gone.stream().map(ref -> ref.type().resource()).toArray(String[]::new),
                    gone.stream().map(ObjectRef::id).toArray(Long[]::new));
        }
    }

    /** Records something momentary. */
    public void event(Tx tx, Event event) {
        events(tx, List.of(event));
    }

    /** Records momentary things, in one statement, in this order. */
    public void events(Tx tx, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        for (Row row : tx.query(
                """
                INSERT INTO alert (record_type, alert_type, item_type, item_id, item_str, message, severity, begin_at, end_at,
                    variant, lustre_pid, affected)
                SELECT type, type, item_type, item_id, item_str, message, severity, coalesce(at, now()), coalesce(at, now()),
                    variant, pid, CASE WHEN uri IS NULL THEN '{}' ELSE ARRAY[uri] END
                FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::timestamptz[],
                    $8::text[], $9::int[], $10::text[])
                    WITH ORDINALITY AS e (type, item_type, item_id, item_str, message, severity, at, variant, pid, uri, place)
                ORDER BY place RETURNING id, record_type""",
                texts(events, event -> event.type().wire()),
                texts(events, event -> event.item().type()),
                events.stream().map(event -> event.item().id()).toArray(Long[]::new),
                texts(events, event -> event.item().text()),
                texts(events, Event::message),
                events.stream().map(event -> event.severity().stored()).toArray(Integer[]::new),
                events.stream()
                        .map(event -> event.at() == null ? null : event.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                texts(events, event -> ContractJson.text(event.variant())),
                events.stream().map(Event::lustrePid).toArray(Integer[]::new),
                texts(events, event -> event.item().uri().orElse(null)))) {
            raised(tx, row.getLong(0), AlertType.ofWire(row.getString(1)).orElseThrow());
        }
    }

    private static String[] texts(List<Event> events, Function<Event, String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }
}
