package io.burnish.host.report;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.host.spi.ReportSink;
import io.burnish.host.storage.StorageRegistry;
import io.burnish.host.volume.VolumeServers;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Block devices become volumes and storage resources (agent contract, 6.6). */
@ApplicationScoped
class StorageSink implements ReportSink {

    private final VolumeServers volumes;
    private final StorageRegistry resources;

    StorageSink(VolumeServers volumes, StorageRegistry resources) {
        this.volumes = volumes;
        this.resources = resources;
    }

    @Override
    public String plugin() {
        return BlockDeviceReport.PLUGIN;
    }

    @Override
    public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        // fields that are absent are unchanged: the stored report is what is complete
        tx.update("""
                    INSERT INTO storage_report AS s (host_id, body) VALUES ($1, $2::text::jsonb)
                    ON CONFLICT (host_id) DO UPDATE SET body = CASE WHEN $3 THEN excluded.body ELSE s.body || excluded.body END,
                        received_at = now()\
                    """, hostId, ContractJson.text((Object) report.body()), report.full());
        volumes.reported(tx, hostId);
        resources.storageReported(tx, hostId);
    }
}
