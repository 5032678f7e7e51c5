package io.burnish.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The projection of facts under whatever Kafka allows: repetitions, objects in any order, everything again from the beginning. What is kept
 * of each object is the same to the byte.
 */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class ShuffledFactsTest extends OneServer {

    private static final long FIRST = 700_000;
    private static final int OBJECTS = 30;
    private static final int VERSIONS = 6;
    /** So many keys that each partition has some of them. */
    private static final int LAST = 100;

    @Inject
    Database database;

    private int readings;

    /** The state of an object that has it in turn; the last record of every third object says that it is gone. */
    private void publish(long object, long version) {
        if (version == VERSIONS && object % 3 == 0) {
            bus.publishRemoval(new ObjectRef(ObjectType.NTP_CONFIGURATION, object), version);
        } else {
            bus.publish(new NtpFact(
                    object,
                    version,
                    version % 2 == 0 ? "configured" : "unconfigured",
                    false,
                    "ntp of " + object + " as of " + version,
                    object));
        }
    }

    @Test
    void repetitionsOrderAndReadingAgainChangeNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> ordered = objects(0);
        for (long object : ordered) {
            LongStream.rangeClosed(1, VERSIONS).forEach(version -> publish(object, version));
        }
        awaitReading();
        Map<Long, String> expected = rows(ordered);
        assertThat(expected).hasSize(OBJECTS);

        List<Long> shuffled = objects(OBJECTS);
        publishShuffled(ordered, random);
        publishShuffled(shuffled, random);
        awaitReading();
        assertThat(rows(ordered)).as("read again, seed %d", seed).isEqualTo(expected);
        Map<Long, String> others = new TreeMap<>();
        rows(shuffled)
                .forEach((object, row) -> others.put(
                        object - OBJECTS, row.replace(Long.toString(object), Long.toString(object - OBJECTS))));
        assertThat(others).as("shuffled, seed %d", seed).isEqualTo(expected);
    }

    private static List<Long> objects(int offset) {
        return LongStream.range(FIRST + offset, FIRST + offset + OBJECTS)
                .boxed()
                .toList();
    }

    /** Every object's records in their order, some twice, those of different objects in any order; then all again. */
    private void publishShuffled(List<Long> objects, Random random) {
        for (int round = 0; round < 2; round++) {
            List<Long> turns = new ArrayList<>();
            objects.forEach(object -> turns.addAll(Collections.nCopies(VERSIONS, object)));
            Collections.shuffle(turns, random);
            Map<Long, Long> next = new TreeMap<>();
            for (long object : turns) {
                long version = next.merge(object, 1L, Long::sum);
                publish(object, version);
                if (random.nextInt(4) == 0) {
                    publish(object, version);
                }
            }
        }
    }

    /** Returns when everything published so far has been read: what was published after it, on all partitions, is there. */
    private void awaitReading() {
        long first = FIRST + 1_000 * ++readings;
        List<Long> last = LongStream.range(first, first + LAST).boxed().toList();
        last.forEach(object -> publish(object, 1));
        await().atMost(Duration.ofSeconds(60)).until(() -> rows(last).size() == LAST);
    }

    private Map<Long, String> rows(List<Long> objects) {
        Map<Long, String> rows = new TreeMap<>();
        for (Row row : database.transaction(
                tx -> tx.query("""
                SELECT id, (to_jsonb(n) - 'changed_by')::text FROM neighbour n WHERE type = $1 AND id = ANY($2)""", ObjectType.NTP_CONFIGURATION.resource(), objects.toArray(Long[]::new)))) {
            rows.put(row.getLong(0), row.getString(1));
        }
        return rows;
    }
}
