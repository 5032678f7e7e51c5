package io.burnish.metrics.intake;

import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Layout;
import io.burnish.metrics.point.Readings;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Stores the servers' samples.
 *
 * <p>Guarantee: a reading counts once, however often and in whatever order it comes. Its identity is its series and the time at which it
 * was taken, here and in the chunks, so no note of the message is needed (agents send again what was not confirmed, under another message
 * id). What comes later than readings are kept is discarded.
 */
@ApplicationScoped
public class SampleIntake {

    private static final String STORE = """
            INSERT INTO recent_sampling (ref, of_jobs, taken_at, series, readings)
            SELECT * FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::bytea[], $5::bytea[])
            ON CONFLICT DO NOTHING""";

    /** Two instances that store the same rows must do it in the same order. */
    private static final Comparator<Sampling> ORDER = Comparator.comparing(Sampling::object)
            .thenComparing(Sampling::ofJobs)
            .thenComparingLong(Sampling::takenAt);

    private final Inbox inbox;
    private final KnownTargets targets;
    private final MeterRegistry meters;

    SampleIntake(Inbox inbox, KnownTargets targets, MeterRegistry meters) {
        this.inbox = inbox;
        this.targets = targets;
        this.meters = meters;
    }

    @Incoming("samples")
    Uni<Void> samples(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("samples", records, SampleBatch.class, Inbox.Deduplication.BY_HANDLER, this::store);
    }

    private void store(Tx tx, List<Received<SampleBatch>> messages) {
        List<Received<SampleBatch>> batches =
                messages.stream().filter(message -> message.value() != null).toList();
        Sorting sorting = new Sorting(owners(tx, batches), Instant.now());
        batches.forEach(batch -> sorting.add(batch.value(), batch.sentAt()));
        List<Sampling> samplings = sorting.samplings().stream().sorted(ORDER).toList();
        if (!samplings.isEmpty()) {
            tx.update(
                    STORE,
                    samplings.stream().map(one -> one.object().toString()).toArray(String[]::new),
                    samplings.stream().map(Sampling::ofJobs).toArray(Boolean[]::new),
                    samplings.stream().map(Sampling::takenAt).toArray(Long[]::new),
                    samplings.stream()
                            .map(one -> Buffer.buffer(Layout.stored(one.samples())))
                            .toArray(Buffer[]::new),
                    samplings.stream()
                            .map(one -> Buffer.buffer(Readings.stored(one.samples())))
                            .toArray(Buffer[]::new));
        }
        tx.afterCommit(() -> count(sorting));
    }

    private SampleOwners owners(Tx tx, List<Received<SampleBatch>> batches) {
        Set<Long> removed = new HashSet<>();
        for (Row row : tx.query("SELECT id FROM neighbour WHERE type = 'host' AND gone AND id = ANY ($1)", (Object)
                batches.stream().map(batch -> batch.value().hostId()).distinct().toArray(Long[]::new))) {
            removed.add(row.getLong(0));
        }
        Set<String> names = new HashSet<>();
        Set<String> resources = new HashSet<>();
        for (Received<SampleBatch> batch : batches) {
            List<Sample> samples = batch.value().samples();
            for (Sample sample : samples == null ? List.<Sample>of() : samples) {
                if (sample.target() != null) {
                    (batch.value().hostId() == SampleBatch.MANAGER ? resources : names).add(sample.target());
                }
            }
        }
        return new SampleOwners(removed, targets.named(tx, names.toArray(String[]::new)), present(tx, resources));
    }

    /** Those of the refs of storage resources that are there. */
    private static Set<String> present(Tx tx, Set<String> resources) {
        Set<String> present = new HashSet<>();
        if (!resources.isEmpty()) {
            tx.query(
                            "SELECT ref FROM neighbour WHERE type = 'storage_resource' AND NOT gone AND ref = ANY ($1)",
                            (Object) resources.toArray(String[]::new))
                    .forEach(row -> present.add(row.getString(0)));
        }
        return present;
    }

    private void count(Sorting sorting) {
        meters.counter("burnish.samplings.stored").increment(sorting.samplings().size());
        sorting.discarded()
                .forEach((reason, samples) -> meters.counter("burnish.samples.discarded", "reason", reason.tag())
                        .increment(samples));
    }
}
