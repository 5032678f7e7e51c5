package io.burnish.host.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.host.registration.ApiClient;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.security.Level;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.Neighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A profile and the command that sets a server up by it come about together or not at all (API contract, core 2.18; ADR 5). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(value = CommandNeighbour.class, restrictToAnnotatedClass = true)
class ProfileAssignmentTest {

    private final ApiClient api;
    private final Servers servers;
    private final Database database;
    private final ProfileChanges changes;
    private final Instance<JobDefinition> jobs;

    ProfileAssignmentTest(
            ApiClient api,
            Servers servers,
            Database database,
            ProfileChanges changes,
            @Any Instance<JobDefinition> jobs) {
        this.api = api;
        this.servers = servers;
        this.database = database;
        this.changes = changes;
        this.jobs = jobs;
    }

    @AfterEach
    void calm() {
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        CommandNeighbour.refuse("managed", null);
    }

    private long unconfigured() {
        return servers.create("default", "unconfigured", "unconfigured").id();
    }

    private ValidatableResponse assign(long host, String profile) {
        return api.admin()
                .body("{\"profile\": \"%s\"}".formatted(profile))
                .put("/api/host_profile/%d/".formatted(host))
                .then();
    }

    private String profileOf(long host) {
        JsonNode shown = ContractJson.read(
                api.as(Level.USER).get("/api/host/%d/".formatted(host)).asString(), JsonNode.class);
        return shown.path("server_profile").path("name").asText();
    }

    private boolean pending(long host) {
        return database.transaction(tx -> changes.pending(tx, host).isPresent());
    }

    private List<ProfileChange> leftBehind(Duration age) {
        return database.transaction(tx -> changes.leftBehind(tx, age));
    }

    private void settle(long host) {
        changes.settle(database.transaction(tx -> changes.pending(tx, host)).orElseThrow());
    }

    @Test
    void theCommandIsAskedForWithWhatTheNewProfileMeans() {
        long host = unconfigured();

        assign(host, "base_managed_rh7")
                .statusCode(202)
                .body("$", hasSize(1))
                .body("[0].id", equalTo(CommandNeighbour.commands().size()));

        CommandRequest request = CommandNeighbour.lastCommand();
        assertThat(request.wants()).containsExactly(new CommandRequest.Want(ObjectRef.host(host), "managed"));
        assertThat(request.introduced())
                .anySatisfy(fact -> assertThat(fact).isInstanceOfSatisfying(HostFact.class, seen -> assertThat(
                                seen.profile().name())
                        .isEqualTo("base_managed_rh7")))
                .hasAtLeastOneElementOfType(PacemakerFact.class);
        assertThat(profileOf(host)).isEqualTo("base_managed_rh7");
        assertThat(pending(host)).isFalse();
        assign(host, "base_managed_rh7").statusCode(204);
    }

    @Test
    void aRefusedCommandLeavesTheFormerProfile() {
        long host = unconfigured();
        CommandNeighbour.refuse("managed", new Refusal("state", "No way.", null));

        assign(host, "base_managed_rh7")
                .statusCode(400)
                .body("error", equalTo("No way."))
                .body("traceback", nullValue());

        assertThat(profileOf(host)).isEqualTo("default");
        assertThat(pending(host)).isFalse();
    }

    @Test
    void whoAsksAgainAfterALostAnswerGetsTheSameCommand() {
        long host = unconfigured();
        CommandNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        assign(host, "base_managed_rh7").statusCode(503).body("error_message", containsString("command-service"));
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        int commands = CommandNeighbour.commands().size();

        assign(host, "base_managed_rh7").statusCode(202).body("[0].id", equalTo(commands));

        assertThat(CommandNeighbour.commands()).hasSize(commands);
        assertThat(pending(host)).isFalse();
    }

    @Test
    void aChangeWithoutCommandIsUndoneWhenNobodyAsksAgain() {
        long host = unconfigured();
        CommandNeighbour.mood(Neighbour.Mood.AWAY);
        assign(host, "base_managed_rh7").statusCode(503);
        assertThat(leftBehind(Duration.ofDays(1))).noneMatch(change -> change.hostId() == host);
        assertThat(leftBehind(Duration.ZERO)).anyMatch(change -> change.hostId() == host);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        settle(host);

        assertThat(profileOf(host)).isEqualTo("default");
        assertThat(pending(host)).isFalse();
        assign(host, "base_managed_rh7").statusCode(202);
    }

    @Test
    void aChangeWithACommandIsCompletedWhenNobodyAsksAgain() {
        long host = unconfigured();
        CommandNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        assign(host, "base_managed_rh7").statusCode(503);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        settle(host);

        assertThat(profileOf(host)).isEqualTo("base_managed_rh7");
        assertThat(pending(host)).isFalse();
    }

    @Test
    void anotherProfileSettlesTheChangeBeforeIt() {
        long host = unconfigured();
        CommandNeighbour.mood(Neighbour.Mood.AWAY);
        assign(host, "base_managed_rh7").statusCode(503);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        assign(host, "base_monitored").statusCode(202).body("$", hasSize(1));

        assertThat(CommandNeighbour.lastCommand().wants())
                .containsExactly(new CommandRequest.Want(ObjectRef.host(host), "monitored"));
        assertThat(profileOf(host)).isEqualTo("base_monitored");
    }

    @Test
    void whereSomethingIsInstalledAJobSetsTheProfileAndTheStateFollowsIt() {
        long host = servers.create("base_monitored", "packages_installed", "unconfigured")
                .id();

        assign(host, "base_managed_rh7").statusCode(202).body("$", hasSize(1));

        CommandRequest request = CommandNeighbour.lastCommand();
        assertThat(request.message()).endsWith(" to profile Managed Storage Server");
        assertThat(request.jobs()).extracting(CommandRequest.JobWant::className).containsExactly("SetHostProfileJob");
        assertThat(profileOf(host)).isEqualTo("base_monitored");

        succeed(host, request.jobs().getFirst());

        assertThat(profileOf(host)).isEqualTo("base_managed_rh7");
        await().until(() -> CommandNeighbour.lastCommand()
                .wants()
                .equals(List.of(new CommandRequest.Want(ObjectRef.host(host), "managed"))));
        assertThat(CommandNeighbour.lastCommand().introduced()).hasAtLeastOneElementOfType(PacemakerFact.class);
        assertThat(CommandNeighbour.lastCommand().actor()).isEqualTo(request.actor());
    }

    private void succeed(long host, CommandRequest.JobWant job) {
        JobDefinition definition = jobs.stream()
                .filter(one -> one.jobClasses().contains(job.className()))
                .findFirst()
                .orElseThrow();
        database.run(tx -> definition.succeeded(
                tx,
                new Dispatch.RunJob(
                        host,
                        1,
                        1,
                        job.className(),
                        ObjectRef.host(host),
                        "",
                        null,
                        null,
                        job.args(),
                        List.of(),
                        List.of(),
                        null)));
    }

    @Test
    void severalServersGetAnAnswerEach() {
        long one = unconfigured();
        long two = servers.create("base_managed_rh7", "unconfigured", "unconfigured")
                .id();

        api.admin()
                .body("""
                    {"objects": [{"host": %d, "profile": "base_monitored"}, {"host": %d, "profile": "base_managed_rh7"},
                    {"host": 99999999, "profile": "default"}, {"host": %d, "profile": "nope"}, {"host": %d}]}\
                    """.formatted(one, two, one, one))
                .post("/api/host_profile/")
                .then()
                .statusCode(400)
                .body("objects[0].commands", hasSize(1))
                .body("objects[0].error", nullValue())
                .body("objects[1].commands", hasSize(0))
                .body(
                        "objects.error.drop(2)",
                        contains(
                                "ManagedHost matching query does not exist.",
                                "No ServerProfile matches the given query.",
                                "'profile'"))
                .body("objects.commands.drop(2)", contains(nullValue(), nullValue(), nullValue()));
    }
}
