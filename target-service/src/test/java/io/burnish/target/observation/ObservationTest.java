package io.burnish.target.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Database;
import io.burnish.target.lab.Agents;
import io.burnish.target.lab.JobLab;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets are where their cluster says, as far as no job knows better (orchestration 10, 13.4). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class ObservationTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String FACTS = Topics.facts(ObjectType.TARGET);

    private final Lab lab;
    private final Database database;
    private final String kafka;
    private final String epoch = UUID.randomUUID().toString();
    private Pair pair;
    private long mgt;
    private String label;
    private long sequence;
    private long lockVersion;

    ObservationTest(Lab lab, Database database, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.database = database;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
        mgt = pair.mgt();
        label = lab.show(mgt).get("ha_label").asText();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private Observation seen(long sequenceNumber, Instant at, String node) {
        return new Observation.ResourceLocations(
                pair.one().id(), epoch, sequenceNumber, at, Map.of(label, new Observation.NodeName(node)));
    }

    private void see(String node) {
        publish(seen(++sequence, Instant.now(), node));
    }

    private void publish(Observation observation) {
        pair.bus()
                .publish(
                        ServiceName.HOST,
                        Topics.OBSERVATIONS,
                        Long.toString(pair.one().id()),
                        observation);
    }

    private boolean isOnTwo(TargetFact target) {
        return target.activeHostId() != null
                && target.activeHostId() == pair.two().id();
    }

    private FactMessage awaitFact(Predicate<TargetFact> matching) {
        return pair.bus()
                .await(
                        FACTS,
                        heard -> heard.key().equals("target:" + mgt)
                                && heard.as(FactMessage.class).observed()
                                && matching.test(
                                        (TargetFact) heard.as(FactMessage.class).fact()))
                .as(FactMessage.class);
    }

    /** Everything that was published before on the observing server's partition has been looked at by then. */
    private void awaitIntake() {
        String marker = UUID.randomUUID().toString();
        publish(new Observation.ResourceLocations(pair.one().id(), marker, 1, Instant.now(), Map.of()));
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> database.transaction(
                        tx -> tx.first("SELECT 1 FROM observation_seen WHERE agent_epoch = $1", marker)
                                .isPresent()));
    }

    private void lock(Long... jobs) {
        LockFact locks =
                jobs.length == 0 ? null : new LockFact(ObjectRef.target(mgt), ++lockVersion, List.of(), List.of(jobs));
        pair.bus().publishLocks(ObjectRef.target(mgt), locks == null ? ++lockVersion : lockVersion, locks);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> database.transaction(tx -> tx.first(
                                "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND version = $2",
                                "target:" + mgt,
                                lockVersion)
                        .isPresent()));
    }

    private String shown() {
        JsonNode target = lab.show(mgt);
        return target.get("state").asText() + " on "
                + target.get("active_host_name").asText();
    }

    @Test
    void aTargetThatWasStoppedBehindTheManagersBackIsUnmounted() {
        see(null);

        TargetFact fact = (TargetFact)
                awaitFact(target -> target.state().equals("unmounted")).fact();
        assertThat(fact.activeHostId()).isNull();
        assertThat(shown()).isEqualTo("unmounted on ---");

        see("oss1.lab.example");

        awaitFact(target -> target.state().equals("mounted"));
        assertThat(shown()).isEqualTo("mounted on oss1.lab.example");
    }

    @Test
    void aTargetThatFailedOverIsOnItsOtherServer() {
        see("oss2");

        TargetFact fact = (TargetFact) awaitFact(this::isOnTwo).fact();
        assertThat(fact.activeHostId()).isEqualTo(pair.two().id());
        assertThat(fact.state()).isEqualTo("mounted");
        assertThat(shown()).isEqualTo("mounted on oss2.lab.example");
    }

    @Test
    void whatIsKnownAlreadyIsNoNews() {
        String modified = lab.show(mgt).get("state_modified_at").asText();
        long facts = observedFacts();

        see("oss1");
        awaitIntake();

        assertThat(observedFacts()).isEqualTo(facts);
        assertThat(lab.show(mgt).get("state_modified_at").asText()).isEqualTo(modified);
    }

    private long observedFacts() {
        return pair.bus().soFar(FACTS, Duration.ofMillis(300)).stream()
                .filter(heard -> heard.as(FactMessage.class).observed())
                .count();
    }

    @Test
    void aTargetOnAServerThatIsNoneOfItsOwnIsNotMounted() {
        HostFact stranger = lab.server(pair.bus(), "stranger" + Lab.id(), "10.0.0.77@tcp");

        see(stranger.nodename());

        awaitFact(target -> target.state().equals("unmounted"));
    }

    @Test
    void ofANodeThatNobodyKnowsNothingFollows() {
        see("who-is-that");
        awaitIntake();

        assertThat(shown()).isEqualTo("mounted on oss1.lab.example");
    }

    @Test
    void anOlderViewOfTheSameAgentSaysNothing() {
        sequence = 10;
        see("oss2");
        awaitFact(this::isOnTwo);

        publish(seen(9, Instant.now(), null));
        awaitIntake();

        assertThat(shown()).isEqualTo("mounted on oss2.lab.example");
    }

    @Test
    void betweenServersTheTimeOfTheLookDecides() {
        see("oss2");
        awaitFact(this::isOnTwo);

        publish(new Observation.ResourceLocations(
                pair.two().id(),
                epoch,
                1,
                Instant.now().minusSeconds(1),
                Map.of(label, new Observation.NodeName("oss1"))));
        awaitIntake();

        assertThat(shown()).isEqualTo("mounted on oss2.lab.example");
    }

    @Test
    void viewsOfOneServerKeepTheirOrderHoweverLongTheyTravelled() {
        Instant placed = Instant.now();
        publish(seen(++sequence, placed.plusSeconds(5), "oss2"));
        awaitFact(this::isOnTwo);

        publish(seen(++sequence, placed.plusSeconds(4), null));

        awaitFact(target -> target.state().equals("unmounted"));
    }

    @Test
    void aRestartedAgentCountsFromTheBeginning() {
        sequence = 10;
        see("oss2");
        awaitFact(this::isOnTwo);

        publish(new Observation.ResourceLocations(
                pair.one().id(), "another life", 1, Instant.now(), Map.of(label, new Observation.NodeName(null))));

        awaitFact(target -> target.state().equals("unmounted"));
    }

    @Test
    void whatIsSeenWhileAJobHoldsTheTargetCountsWhenItHasLetGo() {
        lock(4711L);
        see("oss2");
        awaitIntake();
        assertThat(shown()).isEqualTo("mounted on oss1.lab.example");

        lock();

        awaitFact(this::isOnTwo);
        assertThat(shown()).isEqualTo("mounted on oss2.lab.example");
    }

    @Test
    void whatWasSeenBeforeAJobPlacedTheTargetCountsNoMore() {
        lock(4712L);
        // the cluster still ran it when it was looked at
        see("oss1");
        awaitIntake();
        pair.jobs()
                .run(JobLab.transition("StopTargetJob", mgt, "mounted", "unmounted"), Agents.obedient("MGS", "oss1"));

        lock();

        assertThat(shown()).isEqualTo("unmounted on ---");
        // neither does a view that began before and comes late
        publish(seen(++sequence, Instant.now().minusSeconds(60), "oss1"));
        awaitIntake();
        assertThat(shown()).isEqualTo("unmounted on ---");
        // what is seen later does
        see("oss1");
        awaitFact(target -> target.state().equals("mounted"));
    }

    @Test
    void aTargetThatIsNotConfiguredYetIsNobodysBusiness() {
        Bus bus = pair.bus();
        long ost = pair.ost("registered");
        String ostLabel = lab.show(ost).get("ha_label").asText();

        bus.publish(
                ServiceName.HOST,
                Topics.OBSERVATIONS,
                Long.toString(pair.one().id()),
                new Observation.ResourceLocations(
                        pair.one().id(),
                        epoch,
                        ++sequence,
                        Instant.now(),
                        Map.of(ostLabel, new Observation.NodeName("oss1"))));
        awaitIntake();

        assertThat(lab.show(ost).get("state").asText()).isEqualTo("registered");
    }
}
