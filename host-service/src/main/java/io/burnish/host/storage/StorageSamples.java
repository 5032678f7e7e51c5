package io.burnish.host.storage;

import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.contracts.agent.report.NetworkReport;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Statistics of storage resources on their way to the one who keeps them (API contract, storage 24.4). */
public final class StorageSamples {

    private static final String SENDER = "storage";

    private StorageSamples() {}

    /** The byte counters of a server's interfaces. */
    public static void ofInterfaces(Tx tx, long hostId, Map<String, NetworkReport.Interface> interfaces) {
        List<Sample> samples = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT id, attributes ->> 'name' FROM storage_resource
                WHERE plugin_name = 'linux_network' AND class_name = 'HostNetworkInterface' AND host_id = $1""", hostId)) {
            NetworkReport.Interface one = interfaces.get(row.getString(1));
            if (one != null) {
                String ref = new ObjectRef(ObjectType.STORAGE_RESOURCE, row.getLong(0)).toString();
                counter(samples, ref, "rx_bytes", one.rxBytes());
                counter(samples, ref, "tx_bytes", one.txBytes());
            }
        }
        publish(tx, samples);
    }

    private static void counter(List<Sample> samples, String ref, String name, String value) {
        if (value != null && value.matches("\\d{1,30}")) {
            samples.add(new Sample(ref, name, SeriesType.COUNTER, Double.parseDouble(value)));
        }
    }

    static void publish(Tx tx, List<Sample> samples) {
        if (!samples.isEmpty()) {
            tx.publish(Outgoing.of(
                    Topics.SAMPLES,
                    samples.getFirst().target(),
                    new SampleBatch(SampleBatch.MANAGER, SENDER, 0, Instant.now(), samples)));
        }
    }
}
