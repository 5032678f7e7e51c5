package io.burnish.target.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.security.Level;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.Neighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that change targets (API contract, storage 1.3, 3.3 to 3.6). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class TargetRequestsTest {

    private final Lab lab;
    private final String kafka;
    private Pair pair;
    private FilesystemFact filesystem;

    TargetRequestsTest(Lab lab, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
        filesystem = lab.filesystem(pair.bus(), "scratch", Lab.id());
    }

    @AfterEach
    void close() {
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        CommandNeighbour.refuse("mounted", null);
        CommandNeighbour.refuse("removed", null);
        pair.close();
    }

    private static ObjectNode form(String kind, long volume) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("volume_id", volume);
    }

    private ObjectNode ost(VolumeFact volume) {
        return form("OST", volume.id()).put("filesystem_id", filesystem.id());
    }

    private ValidatableResponse post(JsonNode body) {
        return lab.admin().body(body.toString()).post("/api/target/").then();
    }

    private ValidatableResponse patch(JsonNode... objects) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (JsonNode object : objects) {
            body.withArray("objects").add(object);
        }
        return lab.admin().body(body.toString()).patch("/api/target/").then();
    }

    private ValidatableResponse put(long target, String body) {
        return lab.admin().body(body).put("/api/target/" + target + "/").then();
    }

    @Test
    void aNewTargetComesWithTheCommandThatBuildsIt() {
        VolumeFact disk = pair.disk();

        ValidatableResponse answer = post(ost(disk).putNull("conf_params"))
                .statusCode(202)
                .body("command.message", is("Creating scratch-OST0000"))
                .body("target.state", is("unformatted"))
                .body("target.name", is("scratch-OST0000"))
                .body("target.volume.id", equalTo((int) disk.id()));

        CommandRequest request = CommandNeighbour.lastCommand();
        int id = answer.extract().path("target.id");
        assertThat(request.wants()).containsExactly(new CommandRequest.Want(ObjectRef.target(id), "mounted"));
        assertThat(request.actor()).isEqualTo("somebody");
        assertThat(request.introduced()).singleElement().isInstanceOfSatisfying(TargetFact.class, fact -> {
            assertThat(fact.id()).isEqualTo(id);
            assertThat(fact.state()).isEqualTo("unformatted");
            assertThat(fact.filesystemId()).isEqualTo(filesystem.id());
        });
        post(ost(disk)).statusCode(400).body("volume_id", contains("Volume " + disk.id() + " in use"));
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        VolumeFact disk = pair.disk();
        post(JsonNodeFactory.instance.objectNode())
                .statusCode(400)
                .body("kind", contains("This field is mandatory"))
                .body("volume_id", contains("This field is mandatory"));
        post(form("XXX", disk.id()))
                .statusCode(400)
                .body("kind", contains("Invalid target type 'XXX' (choose from [OST,MDT,MGT])"));
        post(form("ost", disk.id())).statusCode(400);
        post(form("OST", disk.id()))
                .statusCode(400)
                .body("filesystem_id", contains("Mandatory for targets of kind 'OST'"));
        post(form("OST", disk.id()).put("filesystem_id", 1L << 40))
                .statusCode(400)
                .body("filesystem_id", contains("Filesystem " + (1L << 40) + " not found"));
        post(form("MGT", disk.id()).put("filesystem_id", filesystem.id()))
                .statusCode(400)
                .body("filesystem_id", contains("Cannot specify filesystem_id when creating MGT"));
        post(ost(disk).put("volume_id", 1L << 40))
                .statusCode(400)
                .body("volume_id", contains("Volume " + (1L << 40) + " not found"));
        post(ost(disk).put("volume_id", "disk")).statusCode(400).body("volume_id", contains("Must be an integer"));
        post(ost(disk).put("inode_size", 1L << 40)).statusCode(400).body("inode_size", contains("Must be an integer"));
        post(ost(disk).put("inode_count", 1.5)).statusCode(400).body("inode_count", contains("Must be an integer"));
        ObjectNode parameters = ost(disk);
        parameters.putObject("conf_params").put("osc.active", "1");
        parameters.withObject("/conf_params").put("osc.active", "2").put("lov.stripecount", "1");
        post(parameters.put("inode_size", "big"))
                .statusCode(400)
                .body("conf_params.'osc.active'", contains("Must be one of ['0', '1']"))
                .body("conf_params.'lov.stripecount'", contains("Only valid for MDT"))
                .body("inode_size", contains("Must be an integer"));
        lab.admin().body("[]").post("/api/target/").then().statusCode(400);

        FilesystemFact unmanaged = new FilesystemFact(Lab.id(), 1, "available", true, "found", filesystem.mgtId());
        lab.publish(pair.bus(), unmanaged);
        post(form("OST", disk.id()).put("filesystem_id", unmanaged.id()))
                .statusCode(400)
                .body("filesystem_id", contains("Filesystem found is unmanaged"));

        // and after all that the volume is free
        post(ost(disk)).statusCode(202);
    }

    @Test
    void aSecondMgtOnAServerIsRefused() {
        lab.target("MGT", pair.disk(), null);
        VolumeFact second = pair.diskOfTwo();

        post(form("MGT", second.id()))
                .statusCode(400)
                .body(
                        "mgt",
                        contains("Volume " + second.label()
                                + " cannot be used for MGS (only one MGS is allowed per server)"));
    }

    @Test
    void severalTargetsAlternateOverServersUnderOneCommand() {
        int commands = CommandNeighbour.commands().size();

        List<String> uris = patch(ost(pair.disk()), ost(pair.disk()), ost(pair.diskOfTwo()))
                .statusCode(202)
                .body("command.message", is("Creating 3 targets"))
                .extract()
                .path("targets");

        assertThat(CommandNeighbour.commands()).hasSize(commands + 1);
        assertThat(uris)
                .extracting(uri -> lab.admin().get(uri).jsonPath().getString("name") + " "
                        + lab.admin().get(uri).jsonPath().getString("primary_server_name"))
                .containsExactly(
                        "scratch-OST0000 oss1.lab.example",
                        "scratch-OST0001 oss2.lab.example",
                        "scratch-OST0002 oss1.lab.example");
    }

    @Test
    void oneWrongTargetRefusesAllOfARequest() {
        VolumeFact disk = pair.disk();
        patch(ost(disk), ost(disk))
                .statusCode(400)
                .body("volume_id", contains("Volume ID " + disk.id() + " specified for multiple targets!"));
        patch(ost(disk), form("MGT", pair.disk().id())).statusCode(400);
        patch(ost(disk), ost(pair.disk()).put("id", 7)).statusCode(400).body("error", is("Invalid data sent."));
        patch(ost(disk), JsonNodeFactory.instance.numberNode(7)).statusCode(400);
        patch(ost(disk), form("OST", disk.id())).statusCode(400);
        patch().statusCode(400).body("error", is("Invalid data sent."));

        patch(ost(disk)).statusCode(202).body("command.message", is("Creating scratch-OST0000"));
    }

    @Test
    void whatIsWrongWithSeveralTargetsIsSaidTogether() {
        VolumeFact used = pair.disk();
        lab.target("OST", used, filesystem);

        patch(
                        ost(used),
                        ost(pair.disk()).put("volume_id", 1L << 40),
                        ost(pair.disk()).put("inode_size", -1))
                .statusCode(400)
                .body("volume_id", contains("Volume " + used.id() + " in use", "Volume " + (1L << 40) + " not found"))
                .body("inode_size.size()", is(1));
    }

    @Test
    void aRefusedCommandLeavesNothing() {
        VolumeFact disk = pair.disk();
        CommandNeighbour.refuse("mounted", new Refusal("state", "The server of the MGT is being removed.", null));

        post(ost(disk)).statusCode(400).body("__all__", contains("The server of the MGT is being removed."));

        CommandNeighbour.refuse("mounted", null);
        lab.admin()
                .queryParam("filesystem_id", filesystem.id())
                .get("/api/target/")
                .then()
                .body("objects", empty());
        post(ost(disk)).statusCode(202);
    }

    @Test
    void theSameKeyIsTheSameRequest() {
        VolumeFact disk = pair.disk();
        String key = UUID.randomUUID().toString();
        String body = ost(disk).toString();

        String first = lab.admin()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/target/")
                .asString();
        String second = lab.admin()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/target/")
                .asString();

        assertThat(second).isEqualTo(first);
        assertThat(ContractJson.read(first, JsonNode.class).at("/target/id").isNumber())
                .isTrue();
    }

    @Test
    void aStateIsAskedOfTheCommandService() {
        long target = lab.target("OST", pair.disk(), filesystem);

        put(target, "{\"state\": \"mounted\"}")
                .statusCode(202)
                .body("command.id", is(equalTo(CommandNeighbour.commands().size())));

        assertThat(CommandNeighbour.lastCommand().wants())
                .containsExactly(new CommandRequest.Want(ObjectRef.target(target), "mounted"));
        assertThat(CommandNeighbour.lastCommand().message()).isNull();
        put(target, "{\"state\": \"unformatted\"}").statusCode(204);
        put(target, "{\"state\": 7}").statusCode(400).body("state", is("Must be a string"));
        put(target, "{\"state\": null}").statusCode(400);
    }

    @Test
    void aCompleteCopyWithAnotherStateIsAStateChange() {
        long target = lab.target("OST", pair.disk(), filesystem);
        ObjectNode copy = (ObjectNode) lab.show(target);
        int commands = CommandNeighbour.commands().size();

        put(target, copy.put("state", "mounted").toString()).statusCode(202);

        assertThat(CommandNeighbour.commands()).hasSize(commands + 1);
        copy.remove("state");
        put(target, copy.toString()).statusCode(200).body("id", equalTo((int) target));
        copy.putNull("conf_params");
        put(target, copy.toString()).statusCode(200);
        assertThat(CommandNeighbour.commands()).hasSize(commands + 1);
    }

    @Test
    void aDryRunShowsWhatWouldHappen() {
        long target = lab.target("OST", pair.disk(), filesystem);
        int commands = CommandNeighbour.commands().size();
        CommandNeighbour.report(new DryRun.Report(
                new DryRun.Job("StartTargetJob", "Start target scratch-OST0000", false, null, target, 85), List.of()));

        put(target, "{\"state\": \"mounted\", \"dry_run\": true}")
                .statusCode(200)
                .body("transition_job.class", is("StartTargetJob"))
                .body("transition_job.confirmation_prompt", nullValue())
                .body("transition_job.stateful_object_id", equalTo((int) target))
                .body("transition_job.stateful_object_content_type_id", is(85))
                .body("dependency_jobs", empty());
        put(target, "{\"state\": \"unformatted\", \"dry_run\": true}")
                .statusCode(200)
                .body("", empty());
        assertThat(CommandNeighbour.commands()).hasSize(commands);
    }

    @Test
    void whatTheCommandServiceRefusesIsToldInItsWords() {
        long target = lab.target("MDT", pair.disk(), filesystem);
        String sentence = "State 'removed' is invalid for <class 'ManagedMdt'>, must be one of ['mounted']";
        CommandNeighbour.refuse("removed", new Refusal("state", sentence, null));

        put(target, "{\"state\": \"removed\"}").statusCode(400).body("state", is(sentence));
        put(target, "{\"state\": \"removed\", \"dry_run\": true}")
                .statusCode(400)
                .body("state", is(sentence));
        lab.admin().delete("/api/target/" + target + "/").then().statusCode(400).body("__all__", is(sentence));
    }

    @Test
    void aRemovalIsACommandToo() {
        long target = lab.target("OST", pair.disk(), filesystem);

        lab.admin()
                .delete("/api/target/" + target + "/")
                .then()
                .statusCode(202)
                .body("command.id", org.hamcrest.Matchers.notNullValue());

        assertThat(CommandNeighbour.lastCommand().wants())
                .containsExactly(new CommandRequest.Want(ObjectRef.target(target), "removed"));
    }

    @Test
    void withoutTheCommandServiceTheAnswerIsToTryAgain() {
        long target = lab.target("OST", pair.disk(), filesystem);
        CommandNeighbour.mood(Neighbour.Mood.AWAY);

        put(target, "{\"state\": \"mounted\"}").statusCode(503).header("Retry-After", is("5"));
        lab.admin().delete("/api/target/" + target + "/").then().statusCode(503);
        post(ost(pair.disk())).statusCode(503);
    }

    @Test
    void whoIsNoAdministratorChangesNothing() {
        long target = lab.target("OST", pair.disk(), filesystem);
        String body = ost(pair.disk()).toString();

        lab.as(Level.USER).body(body).post("/api/target/").then().statusCode(401);
        lab.as(Level.USER)
                .body("{\"objects\": []}")
                .patch("/api/target/")
                .then()
                .statusCode(401);
        lab.as(Level.USER)
                .body("{\"state\": \"mounted\"}")
                .put("/api/target/" + target + "/")
                .then()
                .statusCode(401);
        lab.as(Level.USER).delete("/api/target/" + target + "/").then().statusCode(401);
        lab.admin().delete("/api/target/").then().statusCode(405);
    }

    @Test
    void thereIsNoSuchTarget() {
        lab.admin().get("/api/target/999999999/").then().statusCode(404);
        put(999999999, "{\"state\": \"mounted\"}").statusCode(404);
        lab.admin().delete("/api/target/999999999/").then().statusCode(404);
        lab.admin().body("{}").put("/api/target/x/").then().statusCode(404);
    }
}
