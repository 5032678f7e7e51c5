package io.burnish.metrics.intake;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            INSERT INTO recent_sampling (ref, taken_at, names, types, readings) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING""";

    private final Inbox inbox;
    private final MeterRegistry meters;

    SampleIntake(Inbox inbox, MeterRegistry meters) {
        this.inbox = inbox;
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
        List<Tuple> rows = new ArrayList<>();
        sorting.samplings().stream()
                // two instances that store the same rows must do it in the same order
                .sorted(Comparator.comparing((Sampling sampling) -> sampling.object())
                        .thenComparingLong(Sampling::takenAt))
                .forEach(sampling -> rows.add(row(sampling)));
        tx.batch(STORE, rows);
        tx.afterCommit(() -> count(sorting));
    }

    private static Tuple row(Sampling sampling) {
        return Tuple.tuple()
                .addValue(sampling.object().toString())
                .addValue(sampling.takenAt())
                .addValue(sampling.readings().keySet().toArray(String[]::new))
                .addValue(sampling.readings().values().stream()
                        .map(reading -> (short) reading.type().ordinal())
                        .toArray(Short[]::new))
                .addValue(sampling.readings().values().stream()
                        .map(Sampling.Reading::value)
                        .toArray(Double[]::new));
    }

    private static SampleOwners owners(Tx tx, List<Received<SampleBatch>> batches) {
        Set<Long> removed = new HashSet<>();
        for (Row row : tx.query("SELECT id FROM neighbour WHERE type = 'host' AND gone AND id = ANY ($1)", (Object)
                batches.stream().map(batch -> batch.value().hostId()).distinct().toArray(Long[]::new))) {
            removed.add(row.getLong(0));
        }
        String[] names = batches.stream()
                .flatMap(batch -> batch.value().samples() == null
                        ? java.util.stream.Stream.<Sample>empty()
                        : batch.value().samples().stream())
                .map(Sample::target)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
        Map<String, List<TargetFact>> targets = new HashMap<>();
        for (Row row : tx.query("""
                SELECT fact::text FROM neighbour WHERE type = 'target' AND NOT gone AND label = ANY ($1)
                ORDER BY id DESC""", (Object) names)) {
            TargetFact target = (TargetFact) ContractJson.read(row.getString(0), Fact.class);
            targets.computeIfAbsent(target.label(), name -> new ArrayList<>()).add(target);
        }
        return new SampleOwners(removed, targets);
    }

    private void count(Sorting sorting) {
        meters.counter("burnish.samplings.stored").increment(sorting.samplings().size());
        sorting.discarded()
                .forEach((reason, samples) -> meters.counter("burnish.samples.discarded", "reason", reason.tag())
                        .increment(samples));
    }
}
