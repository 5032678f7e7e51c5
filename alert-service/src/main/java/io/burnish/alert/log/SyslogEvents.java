package io.burnish.alert.log;

import io.burnish.alert.alert.AlertStore;
import io.burnish.alert.alert.Event;
import io.burnish.alert.rule.Item;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that log lines stand for, on the servers that wrote them (monitoring 8). Lines of unknown servers are no events. */
@ApplicationScoped
class SyslogEvents {

    private final AlertStore alerts;

    SyslogEvents(AlertStore alerts) {
        this.alerts = alerts;
    }

    private record Found(StoredLine line, SyslogRules.Finding finding) {}

    void record(Tx tx, List<StoredLine> lines) {
        List<Found> found = new ArrayList<>();
        for (StoredLine line : lines) {
            SyslogRules.of(line.message()).ifPresent(finding -> found.add(new Found(line, finding)));
        }
        if (found.isEmpty()) {
            return;
        }
        Map<Long, Item> hosts = hosts(tx, found);
        List<Event> events = new ArrayList<>();
        for (Found one : found) {
            Item host = hosts.get(one.line().hostId());
            if (host != null) {
                switch (one.finding()) {
                    case SyslogRules.Event event -> events.add(event(one.line().at(), host, event));
                    case SyslogRules.Flavor flavor -> complete(tx, events, host, flavor);
                }
            }
        }
        alerts.events(tx, events);
    }

    private static Map<Long, Item> hosts(Tx tx, List<Found> found) {
        Map<Long, Item> hosts = new HashMap<>();
        tx.query("SELECT id, label FROM neighbour WHERE ref = ANY ($1) AND NOT gone", (Object) found.stream()
                        .map(one -> ObjectRef.host(one.line().hostId()).toString())
                        .distinct()
                        .toArray(String[]::new))
                .forEach(row -> hosts.put(row.getLong(0), Item.host(row.getLong(0), row.getString(1))));
        return hosts;
    }

    /** A server whose clock is ahead does not write into the future. */
    private static Event event(Instant at, Item host, SyslogRules.Event event) {
        Instant now = Instant.now();
        return new Event(
                event.type(),
                host,
                event.message(),
                event.severity(),
                at.isAfter(now) ? now : at,
                variant(event.message()),
                event.pid());
    }

    private static Map<String, Object> variant(String message) {
        return Map.of("message_str", message);
    }

    /** Adds the flavor to the newest connection of the same process: one that is about to be stored, else a stored one. */
    private static void complete(Tx tx, List<Event> events, Item host, SyslogRules.Flavor flavor) {
        String addition = " with security flavor " + flavor.flavor();
        Optional<Integer> place = newest(events, host, flavor.pid());
        if (place.isPresent()) {
            Event event = events.get(place.get());
            String message = event.message() + addition;
            events.set(
                    place.get(),
                    new Event(
                            event.type(),
                            host,
                            message,
                            event.severity(),
                            event.at(),
                            variant(message),
                            event.lustrePid()));
            return;
        }
        tx.update("""
                UPDATE alert SET message = message || $3,
                    variant = jsonb_build_object('message_str', message || $3)::text
                WHERE id = (SELECT id FROM alert WHERE record_type = 'ClientConnectEvent' AND item_id = $1 AND lustre_pid = $2
                    ORDER BY id DESC LIMIT 1)""", host.id(), flavor.pid(), addition);
    }

    private static Optional<Integer> newest(List<Event> events, Item host, int pid) {
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            if (event.item().equals(host) && event.lustrePid() != null && event.lustrePid() == pid) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
