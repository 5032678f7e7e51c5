package io.burnish.host.packages;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.report.PackageReport;
import io.burnish.host.spi.ReportSink;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** What a server's repositories offer and what it has of that (agent contract, 5.1). */
@ApplicationScoped
class PackageSink implements ReportSink {

    private final PackageStore packages;

    PackageSink(PackageStore packages) {
        this.packages = packages;
    }

    @Override
    public String plugin() {
        return PackageReport.PLUGIN;
    }

    @Override
    public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        PackageReport seen = ContractJson.mapper().convertValue(report.body(), PackageReport.class);
        if (seen.packages() != null) {
            packages.reported(tx, hostId, seen.packages());
        }
    }
}
