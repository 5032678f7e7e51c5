package io.burnish.host.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.agent.report.LustreReport;
import io.burnish.host.spi.ReportSink;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the owners of targets and client mounts what the agents' {@code lustre} plug-in saw of them. */
@ApplicationScoped
class LustreObservations implements ReportSink {

    @Override
    public String plugin() {
        return LustreReport.PLUGIN;
    }

    @Override
    public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        LustreReport seen = read(report);
        for (Observation observation : observations(hostId, report, seen, seenAt)) {
            tx.publish(Outgoing.of(Topics.OBSERVATIONS, Long.toString(hostId), observation));
        }
    }

    private static LustreReport read(FromAgent.Report report) {
        try {
            return ContractJson.mapper().treeToValue(report.body(), LustreReport.class);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException(LustreReport.class, e);
        }
    }

    /** What a report says of other services' objects; what it is silent about is unchanged and not repeated. */
    static List<Observation> observations(long hostId, FromAgent.Report report, LustreReport seen, Instant seenAt) {
        List<Observation> observations = new ArrayList<>();
        String epoch = report.agentEpoch();
        long sequence = report.sequence();
        if (seen.mounts() != null) {
            observations.add(new Observation.LocalMounts(
                    hostId,
                    epoch,
                    sequence,
                    seenAt,
                    seen.mounts().stream()
                            .map(mount -> new Observation.TargetMount(
                                    mount.fsUuid(), mount.device(), mount.mountPoint(), mount.recoveryStatus()))
                            .toList()));
        }
        if (seen.clientMounts() != null) {
            observations.add(new Observation.ClientMounts(
                    hostId,
                    epoch,
                    sequence,
                    seenAt,
                    seen.clientMounts().stream()
                            .map(mount -> new Observation.ClientMount(mount.mountspec(), mount.mountpoint()))
                            .toList()));
        }
        if (seen.resourceLocations() != null && seen.resourceLocations().nodes() != null) {
            Map<String, Observation.NodeName> nodes = new HashMap<>();
            seen.resourceLocations().nodes().forEach((label, node) -> nodes.put(label, new Observation.NodeName(node)));
            observations.add(new Observation.ResourceLocations(hostId, epoch, sequence, seenAt, nodes));
        }
        return observations;
    }
}
