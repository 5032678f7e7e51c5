package io.burnish.filesystem.copytool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.CopytoolEvents;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Applies what copytools say of themselves (orchestration 3.9). Each event takes effect once: batches that come again are recognised by the
 * numbers that the monitor gave. Operations follow every event; the copytool's state follows only those of the run that is meant to be, so
 * that a late word of a stopped copytool starts nothing, and waits while a job changes the copytool.
 */
@ApplicationScoped
public class CopytoolMonitorIntake implements NeighbourListener {

    private static final Logger LOG = Logger.getLogger(CopytoolMonitorIntake.class);
    /** Registration of a copytool whose own word for it was missed (API contract, storage 12.1). */
    private static final String MISSED = "00000000-0000-0000-0000-000000000000";

    private static final int SECURITY = 4;

    private final Inbox inbox;
    private final Neighbours neighbours;
    private final CopytoolStore copytools;
    private final Operations operations;

    CopytoolMonitorIntake(Inbox inbox, Neighbours neighbours, CopytoolStore copytools, Operations operations) {
        this.inbox = inbox;
        this.neighbours = neighbours;
        this.copytools = copytools;
        this.operations = operations;
    }

    /** Applies records of the topic of copytools' events. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("copytool-events", records, CopytoolEvents.class, (tx, messages) -> {
            for (Received<CopytoolEvents> message : messages) {
                apply(tx, message.value());
            }
        });
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        // a neighbour's news says nothing about what a copytool does
    }

    @Override
    public void unlocked(Tx tx, Set<ObjectRef> objects) {
        objects.stream()
                .filter(ref -> ref.type() == ObjectType.COPYTOOL)
                .sorted()
                .forEach(ref -> copytools.lock(tx, ref.id()).ifPresent(copytool -> follow(tx, copytool)));
    }

    /** A server speaks only for its own copytools. */
    private void apply(Tx tx, CopytoolEvents batch) {
        Optional<Copytool> found =
                copytools.lock(tx, batch.copytoolId()).filter(copytool -> copytool.hostId() == batch.hostId());
        if (found.isEmpty()) {
            LOG.infof(
                    "events of copytool %d on server %d are dropped: there is no such copytool",
                    batch.copytoolId(), batch.hostId());
            return;
        }
        Copytool copytool = found.get();
        List<CopytoolEvent> events = fresh(tx, batch);
        for (CopytoolEvent event : events) {
            apply(tx, copytool, batch, event);
        }
        if (!events.isEmpty()) {
            copytools.lock(tx, copytool.id()).ifPresent(present -> follow(tx, present));
        }
    }

    /** Events that were not applied yet, by their time (agent contract, 13.3); those that nobody understands are logged and skipped. */
    private static List<CopytoolEvent> fresh(Tx tx, CopytoolEvents batch) {
        Row heard = tx.one(
                "SELECT CASE WHEN monitor = $2 THEN heard END FROM copytool WHERE id = $1",
                batch.copytoolId(),
                batch.monitor());
        long after = heard.getLong(0) == null ? Long.MIN_VALUE : heard.getLong(0);
        List<CopytoolEvent> events = new ArrayList<>();
        long number = batch.first();
        for (ObjectNode event : batch.events()) {
            if (number++ > after) {
                CopytoolEvent.of(event)
                        .ifPresentOrElse(
                                events::add,
                                () -> LOG.infof(
                                        "an event of copytool %d is not understood: type %s",
                                        batch.copytoolId(),
                                        event.path("event_type").asText()));
            }
        }
        tx.update(
                "UPDATE copytool SET monitor = $2, heard = $3 WHERE id = $1",
                batch.copytoolId(),
                batch.monitor(),
                Math.max(after, number - 1));
        events.sort(Comparator.comparing(CopytoolEvent::at));
        return events;
    }

    private void apply(Tx tx, Copytool copytool, CopytoolEvents batch, CopytoolEvent event) {
        boolean counts = copytool.run() != null && copytool.run().equals(batch.run());
        switch (event) {
            case CopytoolEvent.Registered registered -> {
                if (counts) {
                    register(tx, copytool.id(), registered.uuid());
                }
            }
            case CopytoolEvent.Unregistered unregistered -> {
                if (counts) {
                    unregister(tx, copytool.id());
                }
            }
            case CopytoolEvent.Logged logged -> log(tx, copytool, batch, logged);
            case CopytoolEvent.Began began -> {
                if (counts) {
                    registerIfMissed(tx, copytool.id());
                    operations.begin(tx, copytool.id(), began);
                }
            }
            case CopytoolEvent.Progressed progressed -> {
                if (counts) {
                    registerIfMissed(tx, copytool.id());
                    known(copytool, event, operations.progress(tx, copytool.id(), progressed));
                }
            }
            case CopytoolEvent.Ended ended -> known(copytool, event, operations.finish(tx, copytool.id(), ended));
            case CopytoolEvent.Failed failed -> known(copytool, event, operations.fail(tx, copytool.id(), failed));
        }
    }

    private static void known(Copytool copytool, CopytoolEvent event, boolean found) {
        if (!found) {
            LOG.infof(
                    "copytool %s tells of an operation that is not open: %s",
                    copytool.label(), event.getClass().getSimpleName());
        }
    }

    private void register(Tx tx, long id, String uuid) {
        Row before = tx.one("SELECT uuid FROM copytool WHERE id = $1", id);
        if (before.getString(0) != null && !before.getString(0).equals(uuid)) {
            copytools.failOperations(tx, id, "The copytool was started anew");
        }
        tx.update("UPDATE copytool SET uuid = $2, registered = true WHERE id = $1", id, uuid);
    }

    private void registerIfMissed(Tx tx, long id) {
        tx.update(
                "UPDATE copytool SET uuid = coalesce(uuid, $2), registered = true WHERE id = $1 AND registered IS NOT TRUE",
                id,
                MISSED);
    }

    private void unregister(Tx tx, long id) {
        copytools.failOperations(tx, id, "The copytool has ended");
        tx.update("UPDATE copytool SET uuid = NULL, registered = false WHERE id = $1", id);
    }

    /** Gives it the state that its last word means, unless a job is about to change it. */
    private void follow(Tx tx, Copytool copytool) {
        Boolean registered = tx.one("SELECT registered FROM copytool WHERE id = $1", copytool.id())
                .getBoolean(0);
        boolean held = tx.first(
                        "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND cardinality(write_jobs) > 0",
                        copytool.ref().toString())
                .isPresent();
        if (registered == null || held || copytool.state().equals("unconfigured")) {
            return;
        }
        String state = registered ? "started" : "stopped";
        if (!state.equals(copytool.state())) {
            copytools.changeState(tx, copytool.id(), state, true);
        }
    }

    private void log(Tx tx, Copytool copytool, CopytoolEvents batch, CopytoolEvent.Logged logged) {
        String fqdn = neighbours
                .find(tx, ObjectRef.host(batch.hostId()), HostFact.class)
                .map(HostFact::fqdn)
                .orElse(null);
        if (fqdn != null) {
            LogBatch.Line line = new LogBatch.Line(
                    logged.at().toInstant(),
                    severity(logged.level()),
                    SECURITY,
                    copytool.label(),
                    logged.message(),
                    true);
            tx.publish(Outgoing.of(
                    Topics.LOG_LINES,
                    Long.toString(batch.hostId()),
                    new LogBatch(batch.hostId(), fqdn, batch.monitor(), batch.first(), List.of(line))));
        }
    }

    /** As in RFC 5424, so that lines of all sources are ordered alike. */
    private static int severity(String level) {
        return switch (level) {
            case "ERROR", "FATAL" -> 3;
            case "WARN" -> 4;
            case "DEBUG" -> 7;
            default -> 6;
        };
    }
}
