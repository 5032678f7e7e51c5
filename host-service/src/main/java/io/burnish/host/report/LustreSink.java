package io.burnish.host.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.report.LustreReport;
import io.burnish.host.host.HostStore;
import io.burnish.host.spi.ReportSink;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Properties of a server that profiles are checked against (agent contract, 5.1). */
@ApplicationScoped
class LustreSink implements ReportSink {

    private final HostStore hosts;

    LustreSink(HostStore hosts) {
        this.hosts = hosts;
    }

    @Override
    public String plugin() {
        return LustreReport.PLUGIN;
    }

    @Override
    public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        JsonNode properties = report.body().path("properties");
        if (properties.isObject()
                && tx.update(
                                "UPDATE host SET properties = $2::text::jsonb WHERE id = $1 AND properties <>"
                                        + " $2::text::jsonb",
                                hostId,
                                properties.toString())
                        > 0) {
            hosts.changed(tx, hostId, true);
        }
    }
}
