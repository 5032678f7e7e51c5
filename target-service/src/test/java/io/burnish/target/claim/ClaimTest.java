package io.burnish.target.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.kit.sql.Database;
import io.burnish.target.lab.Agents;
import io.burnish.target.lab.JobLab;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume carries one target, whoever asks when; a request gets all its volumes or none (design, section 1; ADR 5). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class ClaimTest {

    private final Lab lab;
    private final Database database;
    private final TargetCreation creation;
    private final String kafka;
    private final long filesystem = Lab.id();
    private Pair pair;

    ClaimTest(
            Lab lab,
            Database database,
            TargetCreation creation,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.database = database;
        this.creation = creation;
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

    private static TargetClaim.Wanted wanted(TargetKind kind, VolumeFact volume) {
        return wanted(kind, volume, false);
    }

    private static TargetClaim.Wanted wanted(TargetKind kind, VolumeFact volume, boolean root) {
        String field =
                switch (kind) {
                    case MGT -> "mgt";
                    case MDT -> "mdts";
                    case OST -> "osts";
                };
        return new TargetClaim.Wanted(field, kind, volume.id(), false, root, null, null, null, null);
    }

    private TargetClaim claim(String key, TargetClaim.Wanted... targets) {
        return new TargetClaim(key, filesystem, "scratch", List.of(targets));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private Response post(TargetClaim claim) {
        return lab.service().body(ContractJson.text(claim)).post("/internal/target-claims");
    }

    private List<TargetFact> claimed(TargetClaim claim) {
        String body = post(claim).then().statusCode(200).extract().asString();
        return ContractJson.read(body, TargetClaim.Reply.class).targets();
    }

    private Refusal refused(TargetClaim claim) {
        return ContractJson.read(post(claim).then().statusCode(400).extract().asString(), Refusal.class);
    }

    private void confirm(String key) {
        lab.service().post("/internal/target-claims/" + key + "/confirm").then().statusCode(204);
    }

    private void release(String key) {
        lab.service().delete("/internal/target-claims/" + key).then().statusCode(204);
    }

    private long rows(String key) {
        return database.transaction(tx ->
                tx.one("SELECT count(*) FROM target WHERE claim_key = $1", key).getLong(0));
    }

    /** Runs both at the same moment and returns their answers. */
    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<T>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> one : running) {
            answers.add(one.get());
        }
        return answers;
    }

    @Test
    void ofTwoCallersAtTheSameMomentOneGetsTheVolumesAndNothingOfTheOtherRemains() throws Exception {
        for (int round = 0; round < 5; round++) {
            VolumeFact a = pair.disk();
            VolumeFact b = pair.diskOfTwo();
            VolumeFact ofFirst = pair.disk();
            VolumeFact ofSecond = pair.disk();
            TargetClaim first =
                    claim(key(), wanted(TargetKind.MDT, ofFirst), wanted(TargetKind.OST, a), wanted(TargetKind.OST, b));
            TargetClaim second = claim(
                    key(), wanted(TargetKind.MDT, ofSecond), wanted(TargetKind.OST, b), wanted(TargetKind.OST, a));

            List<Response> answers = together(List.of(() -> post(first), () -> post(second)));

            boolean firstWon = answers.getFirst().statusCode() == 200;
            TargetClaim winner = firstWon ? first : second;
            TargetClaim loser = firstWon ? second : first;
            Response refusal = firstWon ? answers.getLast() : answers.getFirst();
            assertThat(refusal.statusCode()).as(refusal.asString()).isEqualTo(400);
            assertThat(ContractJson.read(refusal.asString(), Refusal.class))
                    .satisfies(said -> assertThat(said.field()).isEqualTo("osts.volume_id"))
                    .satisfies(said -> assertThat(said.message())
                            .matches("Volume with ID \\d+ is already in use by target scratch-OST[0-9a-f]{4}"));
            assertThat(rows(winner.key())).isEqualTo(3);
            assertThat(rows(loser.key())).isZero();
            // also the volume that nobody else wanted is free
            release(winner.key());
            assertThat(claimed(claim(key(), wanted(TargetKind.OST, firstWon ? ofSecond : ofFirst))))
                    .hasSize(1);
        }
    }

    @Test
    void ofTwoMgtsThatMeetOnOneServerOneIsRefused() throws Exception {
        TargetClaim first = claim(key(), wanted(TargetKind.MGT, pair.disk()));
        TargetClaim second = claim(key(), wanted(TargetKind.MGT, pair.diskOfTwo()));

        List<Response> answers = together(List.of(() -> post(first), () -> post(second)));

        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(200, 400);
        assertThat(rows(first.key()) + rows(second.key())).isEqualTo(1);
    }

    @Test
    void aRequestThatIsRepeatedWhileItRunsGetsTheSameTargets() throws Exception {
        TargetClaim claim = claim(key(), wanted(TargetKind.MDT, pair.disk()), wanted(TargetKind.OST, pair.disk()));

        List<List<TargetFact>> answers = together(List.of(() -> claimed(claim), () -> claimed(claim)));

        assertThat(answers.getFirst()).hasSize(2).isEqualTo(answers.getLast());
        assertThat(claimed(claim)).isEqualTo(answers.getFirst());
    }

    @Test
    void aClaimedTargetIsInNoListAndNoFactUntilItIsConfirmed() {
        String key = key();
        TargetFact target =
                claimed(claim(key, wanted(TargetKind.OST, pair.disk()))).getFirst();

        lab.admin().get("/api/target/" + target.id() + "/").then().statusCode(404);
        lab.admin().queryParam("id", target.id()).get("/api/target/").then().body("meta.total_count", is(0));
        lab.admin()
                .body("{\"state\": \"mounted\"}")
                .put("/api/target/" + target.id() + "/")
                .then()
                .statusCode(404);
        assertThat(pair.bus().soFar(Topics.facts(ObjectType.TARGET), Duration.ofMillis(300)))
                .noneMatch(heard -> heard.key().equals(target.ref().toString()));

        confirm(key);
        confirm(key);

        lab.admin().get("/api/target/" + target.id() + "/").then().body("state", is("unformatted"));
        FactMessage fact = pair.bus()
                .await(Topics.facts(ObjectType.TARGET), heard -> heard.key()
                        .equals(target.ref().toString()))
                .as(FactMessage.class);
        assertThat(fact.fact().version()).isGreaterThan(target.version());
        assertThat(fact.wire().get("resource_uri").asText()).isEqualTo("/api/target/" + target.id() + "/");
        // it stays although somebody who has slept gives it up now
        release(key);
        lab.admin().get("/api/target/" + target.id() + "/").then().statusCode(200);
    }

    @Test
    void aReleasedClaimLeavesItsVolumesFreeAndNoTrace() {
        VolumeFact disk = pair.disk();
        String key = key();
        claimed(claim(key, wanted(TargetKind.MGT, disk)));

        release(key);
        release(key);

        assertThat(rows(key)).isZero();
        assertThat(claimed(claim(key(), wanted(TargetKind.MGT, disk)))).hasSize(1);
    }

    @Test
    void theFirstJobShowsATargetWhoseConfirmationWasLost() {
        TargetFact target =
                claimed(claim(key(), wanted(TargetKind.MGT, pair.disk()))).getFirst();

        pair.jobs()
                .run(
                        JobLab.transition("FormatTargetJob", target.id(), "unformatted", "formatted"),
                        Agents.obedient("MGS", "oss1"));

        assertThat(lab.show(target.id()).get("state").asText()).isEqualTo("formatted");
    }

    @Test
    void namesCountByKindAndAlternateOverServersTheRootFirst() {
        VolumeFact one = pair.disk();
        VolumeFact two = pair.diskOfTwo();
        VolumeFact root = pair.disk();
        VolumeFact b = pair.diskOfTwo();
        VolumeFact a2 = pair.disk();
        List<TargetFact> targets = claimed(claim(
                key(),
                wanted(TargetKind.MDT, one),
                wanted(TargetKind.MDT, two),
                wanted(TargetKind.MDT, root, true),
                wanted(TargetKind.OST, a2),
                wanted(TargetKind.OST, b)));

        assertThat(targets)
                .extracting(target -> target.label() + " on " + target.volumeId())
                .containsExactlyInAnyOrder(
                        "scratch-MDT0000 on " + root.id(),
                        "scratch-MDT0001 on " + one.id(),
                        "scratch-MDT0002 on " + two.id(),
                        "scratch-OST0000 on " + b.id(),
                        "scratch-OST0001 on " + a2.id());
        assertThat(targets).extracting(TargetFact::id).isSorted();
    }

    @Test
    void refusalsNameTheFieldAndLeaveNothing() {
        VolumeFact used = pair.disk();
        claimed(claim(key(), wanted(TargetKind.OST, used)));
        VolumeFact free = pair.disk();
        VolumeFact unusable = new VolumeFact(Lab.id(), 1, "dataset", 1L << 30, "zfs", false, "zfs", free.nodes());
        VolumeFact leaderless = new VolumeFact(
                Lab.id(),
                1,
                "leaderless",
                1L << 30,
                null,
                true,
                "linux",
                List.of(new VolumeFact.Node(Lab.id(), pair.one().id(), "/dev/sdy", false, true)));
        lab.publish(pair.bus(), unusable);
        lab.publish(pair.bus(), leaderless);
        String key = key();

        assertThat(refused(claim(key, wanted(TargetKind.MDT, free), wanted(TargetKind.OST, used))))
                .isEqualTo(new Refusal(
                        "osts.volume_id",
                        "Volume with ID " + used.id() + " is already in use by target scratch-OST0000",
                        null));
        assertThat(refused(claim(key, wanted(TargetKind.MDT, free), wanted(TargetKind.OST, free))))
                .isEqualTo(new Refusal(
                        "osts.volume_id", "Volume ID " + free.id() + " specified for multiple targets!", null));
        assertThat(refused(new TargetClaim(
                                key,
                                filesystem,
                                "scratch",
                                List.of(new TargetClaim.Wanted(
                                        "mdts", TargetKind.MDT, 1L << 40, false, false, null, null, null, null))))
                        .message())
                .isEqualTo("Volume with ID " + (1L << 40) + " not found");
        assertThat(refused(claim(key, wanted(TargetKind.OST, unusable))).message())
                .contains("cannot carry");
        assertThat(refused(claim(key, wanted(TargetKind.OST, leaderless))).message())
                .contains("no primary server");
        assertThat(refused(new TargetClaim(
                        key,
                        filesystem,
                        "scratch",
                        List.of(new TargetClaim.Wanted(
                                "osts", TargetKind.OST, free.id(), false, false, 1024, 10485761L, null, null)))))
                .isEqualTo(new Refusal(
                        "osts.inode_count", "10485761 1024-byte inodes too large for 10737418240-byte device", null));
        assertThat(rows(key)).isZero();
    }

    @Test
    void aCheckTellsAllThatIsWrongAndClaimsNothing() {
        VolumeFact used = pair.disk();
        claimed(claim(key(), wanted(TargetKind.OST, used)));
        VolumeFact free = pair.disk();
        String key = key();
        TargetClaim claim =
                claim(key, wanted(TargetKind.MDT, free), wanted(TargetKind.OST, used), wanted(TargetKind.OST, free));

        Refusal refusal = ContractJson.read(
                lab.service()
                        .body(ContractJson.text(claim))
                        .post("/internal/target-claims/check")
                        .then()
                        .statusCode(400)
                        .extract()
                        .asString(),
                Refusal.class);

        assertThat(refusal.message()).contains("already in use by target scratch-OST0000");
        assertThat(refusal.others())
                .extracting(Refusal::message)
                .containsExactly("Volume ID " + free.id() + " specified for multiple targets!");
        lab.service()
                .body(ContractJson.text(claim(key, wanted(TargetKind.MDT, free))))
                .post("/internal/target-claims/check")
                .then()
                .statusCode(204);
        assertThat(rows(key)).isZero();
    }

    @Test
    void aServerCarriesOneMgtAtMost() {
        claimed(claim(key(), wanted(TargetKind.MGT, pair.disk())));
        VolumeFact second = pair.diskOfTwo();

        assertThat(refused(claim(key(), wanted(TargetKind.MGT, second))))
                .isEqualTo(new Refusal(
                        "mgt.volume_id",
                        "Volume " + second.label() + " cannot be used for MGS (only one MGS is allowed per server)",
                        null));
    }

    @Test
    void noTargetIsCreatedOnAServerWithoutFencing() {
        HostFact unfenced = lab.server(pair.bus(), "unfenced", "10.0.0.9@tcp");
        VolumeFact disk = lab.volume(pair.bus(), "linux", "/dev/sdz", unfenced);
        lab.publish(
                pair.bus(),
                new CorosyncFact(
                        unfenced.id(), 1, "started", false, "corosync", unfenced.id(), true, 4400, true, false));

        assertThat(refused(claim(key(), wanted(TargetKind.OST, disk))).message())
                .contains("STONITH");
    }

    @Test
    void onlyServicesMayClaim() {
        lab.as(Level.SUPERUSER)
                .body(ContractJson.text(claim(key(), wanted(TargetKind.OST, pair.disk()))))
                .post("/internal/target-claims")
                .then()
                .statusCode(401);
    }

    @Test
    void aClaimThatIsNoClaimIsRefused() {
        lab.service()
                .body("{\"key\": [1")
                .post("/internal/target-claims")
                .then()
                .statusCode(400)
                .body("message", containsString("TargetClaim"));
    }

    @Test
    void aRequestThatIsRepeatedAfterItsTargetsWereRemovedCreatesNothing() {
        VolumeFact disk = pair.disk();
        TargetClaim claim = claim(key(), wanted(TargetKind.OST, disk));
        TargetFact target = claimed(claim).getFirst();
        confirm(claim.key());
        pair.jobs().run(JobLab.transition("RemoveTargetJob", target.id(), "unformatted", "removed"), Agents::silent);

        assertThat(claimed(claim)).extracting(TargetFact::id).containsExactly(target.id());

        assertThat(rows(claim.key())).isEqualTo(1);
        confirm(claim.key());
        lab.admin().get("/api/target/" + target.id() + "/").then().statusCode(404);
        assertThat(claimed(claim(key(), wanted(TargetKind.OST, disk)))).hasSize(1);
    }

    @Test
    void aClaimThatItsServiceHasLostIsReleasedInTheEnd() {
        String key = key();
        claimed(claim(key, wanted(TargetKind.OST, pair.disk())));
        age(key, "9 minutes");
        creation.sweep();
        assertThat(rows(key)).isEqualTo(1);

        age(key, "2 minutes");
        creation.sweep();

        assertThat(rows(key)).isZero();
    }

    private void age(String key, String by) {
        database.run(tx -> tx.update(
                "UPDATE target SET created_at = created_at - $2::text::interval WHERE claim_key = $1", key, by));
    }

    @Test
    void theAnswerShowsEachTargetAsTheApiWould() {
        TargetClaim claim = claim(key(), wanted(TargetKind.OST, pair.disk()));

        JsonNode wire =
                ContractJson.read(post(claim).asString(), JsonNode.class).at("/wires/0");

        assertThat(wire.get("name").asText()).isEqualTo("scratch-OST0000");
        assertThat(wire.get("filesystem").asText()).isEqualTo("/api/filesystem/" + filesystem + "/");
        assertThat(wire.get("primary_server").asText())
                .isEqualTo("/api/host/" + pair.one().id() + "/");
    }
}
