package io.burnish.host.hub;

import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.host.spi.ReportSink;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Passes reports of agents to the features that understand them, each in one transaction that also notes how far the plug-in's reports
 * have been applied: a report takes effect once, in the order of its sequence, or not at all.
 *
 * <p>After a gap, or a report that could not be applied, the agent is asked for a complete one. While the database is away the agent
 * waits.
 */
@ApplicationScoped
class ReportIntake {

    private static final Logger LOG = Logger.getLogger(ReportIntake.class);
    private static final long PAUSE_MILLIS = 500;

    private final Database database;
    private final Map<String, List<ReportSink>> sinks = new HashMap<>();

    ReportIntake(Database database, @Any Instance<ReportSink> sinks) {
        this.database = database;
        sinks.forEach(sink -> this.sinks
                .computeIfAbsent(sink.plugin(), plugin -> new ArrayList<>())
                .add(sink));
    }

    /** How a report follows what was applied before. */
    private enum Continuity {
        /** It, or a later one, has been applied. */
        OLD,
        /** The next one, or a complete one. */
        NEXT,
        /** Something between is missing. */
        AFTER_GAP
    }

    /**
     * Applies a report.
     *
     * @param arrivedAt when the hub got it, however long it has waited since
     */
    void apply(AgentConnection connection, FromAgent.Report report, Instant arrivedAt) throws InterruptedException {
        boolean complete;
        try {
            complete = applyPatiently(connection, report, arrivedAt.minusMillis(Math.max(0, report.ageMillis())));
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "report %d of plug-in %s of %s could not be applied",
                    report.sequence(),
                    report.plugin(),
                    connection);
            // a complete report that failed would fail again at once: the next periodic one will show
            complete = report.full();
        }
        if (!complete) {
            connection.send(new ToAgent.ReportFully(List.of(report.plugin())));
        }
    }

    private boolean applyPatiently(AgentConnection connection, FromAgent.Report report, Instant seenAt)
            throws InterruptedException {
        while (true) {
            try {
                return database.transaction(tx -> apply(tx, connection.hostId(), report, seenAt));
            } catch (DatabaseUnavailableException e) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private boolean apply(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        Continuity continuity = note(tx, hostId, report);
        if (continuity != Continuity.OLD) {
            sinks.getOrDefault(report.plugin(), List.of()).forEach(sink -> sink.report(tx, hostId, report, seenAt));
        }
        return continuity != Continuity.AFTER_GAP;
    }

    private static Continuity note(Tx tx, long hostId, FromAgent.Report report) {
        Optional<Row> known = tx.first(
                "SELECT epoch, sequence FROM agent_report WHERE host_id = $1 AND plugin = $2 FOR UPDATE",
                hostId,
                report.plugin());
        Continuity continuity = continuity(known, report);
        if (continuity != Continuity.OLD) {
            tx.update("""
                        INSERT INTO agent_report (host_id, plugin, epoch, sequence) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (host_id, plugin) DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence,
                            received_at = now()\
                        """, hostId, report.plugin(), report.agentEpoch(), report.sequence());
        }
        return continuity;
    }

    private static Continuity continuity(Optional<Row> known, FromAgent.Report report) {
        boolean sameEpoch = known.map(row -> row.getString("epoch").equals(report.agentEpoch()))
                .orElse(false);
        long applied = sameEpoch ? known.get().getLong("sequence") : Long.MIN_VALUE;
        if (sameEpoch && report.sequence() <= applied) {
            return Continuity.OLD;
        }
        return report.full() || sameEpoch && report.sequence() == applied + 1 ? Continuity.NEXT : Continuity.AFTER_GAP;
    }
}
