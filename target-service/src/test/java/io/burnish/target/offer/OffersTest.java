package io.burnish.target.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Database;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What targets say of their offers and locks (API contract, core 1.11): from facts and locks as they come over Kafka. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class OffersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> OFFERS = List.of("available_transitions", "available_jobs", "available_actions");

    private final Lab lab;
    private final Database database;
    private final MeterRegistry meters;
    private final String kafka;
    private Pair pair;
    private long lockVersion;

    OffersTest(
            Lab lab,
            Database database,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.database = database;
        this.meters = meters;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private List<String> shown(long target, String list, String key) {
        return StreamSupport.stream(lab.show(target).get(list).spliterator(), false)
                .map(entry -> entry.get(key).asText())
                .toList();
    }

    private void awaitStates(long target, String... states) {
        await().pollInterval(Duration.ofMillis(20)).atMost(SOON).untilAsserted(() -> assertThat(
                        shown(target, "available_transitions", "state"))
                .containsExactlyInAnyOrder(states));
    }

    private void lock(long target, List<Long> read, List<Long> write) {
        lockVersion++;
        LockFact locks = read.isEmpty() && write.isEmpty()
                ? null
                : new LockFact(ObjectRef.target(target), lockVersion, read, write);
        pair.bus().publishLocks(ObjectRef.target(target), lockVersion, locks);
    }

    private void awaitLocks(long target, String locks) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(lab.show(target).get("locks")).isEqualTo(json(locks)));
    }

    private static JsonNode json(String text) {
        return ContractJson.read(text, JsonNode.class);
    }

    @Test
    void offersFollowTheState() {
        long mgt = lab.target("MGT", pair.disk(), null);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");
        assertThat(lab.show(mgt).get("available_jobs")).isEmpty();

        pair.bring(mgt, "MGS", "mounted", pair.one());

        awaitStates(mgt, "unmounted", "removed");
        assertThat(shown(mgt, "available_jobs", "class_name")).containsExactly("FailoverTargetJob");
        assertThat(shown(mgt, "available_actions", "verb")).containsExactly("Stop", "Remove", "Failover");
        JsonNode failover = lab.show(mgt).at("/available_jobs/0");
        assertThat(failover.get("args")).isEqualTo(json("{\"target_id\": %d}".formatted(mgt)));
        assertThat(failover.get("confirmation").asText()).startsWith("Migrate MGS to its failover server?");
    }

    @Test
    void offersFollowTheObjectsAround() {
        long mgt = lab.target("MGT", pair.disk(), null);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");

        FilesystemFact filesystem = lab.filesystem(pair.bus(), "scratch", mgt);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted");

        lab.publish(pair.bus(), new FilesystemFact(filesystem.id(), 2, "removed", false, "scratch", mgt));
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");
    }

    @Test
    void whileAJobWritesItNothingIsOffered() {
        long mgt = lab.target("MGT", pair.disk(), null);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");

        lock(mgt, List.of(31L, 32L), List.of());
        awaitLocks(mgt, "{\"read\": [31, 32], \"write\": []}");
        assertThat(lab.show(mgt).get("available_actions")).hasSize(5);

        lock(mgt, List.of(32L), List.of(33L));
        awaitLocks(mgt, "{\"read\": [32], \"write\": [33]}");
        JsonNode busy = lab.show(mgt);
        OFFERS.forEach(list -> assertThat(busy.get(list)).as(list).isEmpty());

        lock(mgt, List.of(), List.of());
        awaitLocks(mgt, "{\"read\": [], \"write\": []}");
        assertThat(lab.show(mgt).get("available_actions")).hasSize(5);
    }

    /** Its row names a transaction older than those of the readings in between. */
    @Test
    void aChangeThatIsCommittedLateIsNotMissed() throws InterruptedException {
        long mgt = lab.target("MGT", pair.disk(), null);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread slow = Thread.startVirtualThread(() -> database.run(tx -> {
            tx.update("""
                    INSERT INTO neighbour_lock (ref, version, read_jobs, write_jobs)
                    VALUES ($1, 1, '{}', '{77}')""", "target:" + mgt);
            written.countDown();
            awaitUninterruptibly(read);
        }));
        written.await();

        FilesystemFact filesystem = lab.filesystem(pair.bus(), "scratch", mgt);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted");
        lab.publish(pair.bus(), new FilesystemFact(filesystem.id(), 2, "removed", false, "scratch", mgt));
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");
        read.countDown();
        slow.join();

        awaitLocks(mgt, "{\"read\": [], \"write\": [77]}");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void listsAndDetailsSayTheSameAndNeighboursGetEmptyOnes() {
        long mgt = lab.target("MGT", pair.disk(), null);
        awaitStates(mgt, "formatted", "registered", "unmounted", "mounted", "removed");
        JsonNode detail = lab.show(mgt);
        JsonNode listed = json(lab.admin()
                        .queryParam("id", mgt)
                        .get("/api/target/")
                        .asString())
                .at("/objects/0");
        OFFERS.forEach(list -> assertThat(listed.get(list)).isEqualTo(detail.get(list)));
        assertThat(listed.get("locks")).isEqualTo(detail.get("locks"));

        FactMessage told = pair.bus()
                .await(
                        Topics.facts(ObjectType.TARGET),
                        heard -> heard.key().equals("target:" + mgt) && heard.value() != null)
                .as(FactMessage.class);
        OFFERS.forEach(list -> assertThat(told.wire().get(list)).as(list).isEmpty());
        assertThat(told.wire().get("locks")).isEqualTo(json("{\"read\": [], \"write\": []}"));
    }

    @Test
    void theSchemaDescribesThem() {
        lab.admin()
                .get("/api/target/schema/")
                .then()
                .statusCode(200)
                .body("fields.available_transitions.type", is("list"))
                .body("fields.available_jobs.readonly", is(true))
                .body("fields.available_actions.nullable", is(false))
                .body("fields.locks.type", is("dict"));
    }

    /** The fewest of several tries: what the service does besides can only add to them. */
    @Test
    void aLongListCostsAsManyStatementsAsAShortOne() {
        FilesystemFact filesystem = lab.filesystem(pair.bus(), "scratch", lab.target("MGT", pair.disk(), null));
        long last = 0;
        for (int i = 0; i < 12; i++) {
            last = lab.target("OST", pair.disk(), filesystem);
        }
        awaitStates(last, "formatted", "registered", "unmounted", "mounted", "removed");

        // the name of the snapshot, the list, the volumes that it embeds, and the facts and locks if they were not just
        // read
        assertThat(statements(1)).isBetween(3L, 4L);
        assertThat(statements(13)).isBetween(3L, 4L);
    }

    private long statements(int targets) {
        return LongStream.range(0, 20)
                .map(attempt -> {
                    long before = statementsSoFar();
                    lab.admin()
                            .queryParam("host_id", pair.one().id())
                            .queryParam("limit", targets)
                            // another question each time: the answer to this one is not kept
                            .queryParam("attempt", targets + "-" + attempt)
                            .get("/api/target/")
                            .then()
                            .statusCode(200)
                            .body("objects.size()", is(targets));
                    return statementsSoFar() - before;
                })
                .min()
                .orElseThrow();
    }

    private long statementsSoFar() {
        return Search.in(meters).tag("clientType", "sql").timers().stream()
                .filter(timer -> timer.getId().getName().endsWith(".processing"))
                .mapToLong(Timer::count)
                .sum();
    }
}
