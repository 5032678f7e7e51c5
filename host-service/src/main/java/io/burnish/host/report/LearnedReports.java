package io.burnish.host.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.host.spi.ReportSink;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import java.time.Instant;

/** What a job has asked an agent to report, applied like a report of the agent's own. */
@ApplicationScoped
public class LearnedReports {

    private final jakarta.enterprise.inject.Instance<ReportSink> sinks;

    LearnedReports(@Any jakarta.enterprise.inject.Instance<ReportSink> sinks) {
        this.sinks = sinks;
    }

    /** Applies a complete report of a plug-in. */
    public void apply(Tx tx, long hostId, String plugin, JsonNode body) {
        if (body instanceof ObjectNode object) {
            // the job looked before this transaction began: what it says is no newer than the state that the job itself
            // sets in it
            Instant seenAt = tx.one("SELECT now()").getOffsetDateTime(0).toInstant();
            FromAgent.Report report = new FromAgent.Report(plugin, "job", 0, seenAt, 0, true, object);
            sinks.stream()
                    .filter(sink -> sink.plugin().equals(plugin))
                    .forEach(sink -> sink.report(tx, hostId, report, seenAt));
        }
    }
}
