package io.burnish.filesystem.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.filesystem.lab.Worker;
import io.burnish.kit.security.Level;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.GoldenWire;
import io.burnish.testsupport.Neighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /api/filesystem/} (API contract, storage 2.1, 2.2, 2.4, 2.5). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class FilesystemApiTest {

    private final FsLab lab;
    private final String name = "fs" + FsLab.id();
    private Bus bus;
    private FsLab.NewFilesystem fs;

    FilesystemApiTest(FsLab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void open() {
        bus = lab.bus();
        fs = lab.create(name);
    }

    @AfterEach
    void close() {
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        CommandNeighbour.refuse("removed", null);
        bus.close();
    }

    private ValidatableResponse put(String body) {
        return lab.admin().body(body).put("/api/filesystem/" + fs.id() + "/").then();
    }

    /** The MGT on these servers, the first being its primary one. */
    private void mgtOn(long... servers) {
        List<TargetFact.Mount> mounts = Stream.iterate(0, i -> i < servers.length, i -> i + 1)
                .map(i -> new TargetFact.Mount(FsLab.id(), servers[i], FsLab.id(), i == 0))
                .toList();
        TargetFact mgt = fs.mgt();
        lab.publish(
                bus,
                new TargetFact(
                        mgt.id(),
                        5,
                        "mounted",
                        false,
                        "MGS",
                        mgt.kind(),
                        null,
                        null,
                        mgt.volumeId(),
                        "MGS_1",
                        servers[0],
                        mounts,
                        0,
                        0));
    }

    private void nids(long server, String... nids) {
        lab.publish(
                bus,
                new LnetFact(
                        server,
                        1,
                        "lnet_up",
                        false,
                        "lnet",
                        server,
                        Stream.of(nids).map(Nid::parse).toList()));
    }

    @Test
    void itHasTheFieldsOfTheContract() {
        mgtOn(FsLab.id());
        lab.publish(
                bus,
                FsLab.later(fs.mdt(), 2, "mounted", 1L),
                FsLab.later(fs.ost(0), 2, "mounted", 1L),
                FsLab.later(fs.ost(1), 2, "unmounted", null));

        JsonNode shown = lab.show(fs.id());

        assertThat(shown.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "available_actions",
                        "available_jobs",
                        "available_transitions",
                        "bytes_free",
                        "bytes_total",
                        "cdt_mdt",
                        "cdt_status",
                        "client_count",
                        "conf_params",
                        "content_type_id",
                        "files_free",
                        "files_total",
                        "hsm_control_params",
                        "id",
                        "immutable_state",
                        "label",
                        "locks",
                        "mdts",
                        "mgt",
                        "mount_command",
                        "mount_path",
                        "name",
                        "osts",
                        "resource_uri",
                        "state",
                        "state_modified_at");
        assertThat(shown.get("content_type_id").asInt()).isEqualTo(103);
        assertThat(shown.get("immutable_state").asBoolean()).isFalse();
        assertThat(shown.get("conf_params").size()).isEqualTo(11);
        assertThat(shown.at("/conf_params/sys.timeout").isNull()).isTrue();
        assertThat(shown.at("/mgt/id").asLong()).isEqualTo(fs.mgt().id());
        assertThat(shown.at("/mdts/0/name").asText()).isEqualTo(name + "-MDT0000");
        assertThat(shown.at("/osts/0").asText())
                .isEqualTo("/api/target/" + fs.ost(0).id() + "/");
        assertThat(shown.at("/osts/1").asText())
                .isEqualTo("/api/target/" + fs.ost(1).id() + "/");
        assertThat(shown.get("client_count").isNull()).isTrue();
        assertThat(shown.get("resource_uri").asText()).isEqualTo("/api/filesystem/" + fs.id() + "/");
    }

    @Test
    void itIsOnTheWireAsItAlwaysWas() {
        long primary = FsLab.id();
        long failover = FsLab.id();
        mgtOn(primary, failover);
        nids(primary, "10.0.0.1@tcp");
        nids(failover, "10.0.0.2@tcp");
        TargetFact mdt = FsLab.later(fs.mdt(), 2, "mounted", primary);
        ObjectNode mdtWire = TargetNeighbour.wire(mdt);
        mdtWire.putObject("conf_params").put("mdt.hsm_control", "enabled").putNull("lov.stripesize");
        bus.publish(new FactMessage(mdt, mdtWire));
        lab.publish(bus, FsLab.later(fs.ost(0), 2, "mounted", primary), FsLab.later(fs.ost(1), 2, "mounted", primary));
        measured(new FilesystemUsage(fs.id(), 20, 4128407552.0, 2905786368.0, 512000.0, 409026.0, 3.0));
        awaitStatesOffered("removed", "stopped");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> lab.show(fs.id()).get("bytes_free").isNumber());

        // what is embedded is its own service's affair
        JsonNode shown = ContractJson.read(
                lab.admin()
                        .get("/api/filesystem/" + fs.id() + "/?dehydrate__mgt=false&dehydrate__mdts=false")
                        .asString(),
                JsonNode.class);

        GoldenWire.check("filesystem", shown, Map.of(name, "scratch"));
        JsonNode list = ContractJson.read(
                lab.admin()
                        .get("/api/filesystem/?dehydrate__mgt=false&dehydrate__mdts=false&name=" + name)
                        .asString(),
                JsonNode.class);
        assertThat(list.get("objects")).containsExactly(shown);
        assertThat(list.get("meta"))
                .isEqualTo(ContractJson.read(
                        "{'limit': 20, 'next': null, 'offset': 0, 'previous': null, 'total_count': 1}"
                                .replace('\'', '"'),
                        JsonNode.class));
    }

    @Test
    void clientsMountTheServersOfTheMgtPrimaryFirst() {
        long primary = FsLab.id();
        long silent = FsLab.id();
        long other = FsLab.id();
        mgtOn(primary, silent, other);
        assertThat(lab.show(fs.id()).get("mount_path").isNull()).isTrue();
        assertThat(lab.show(fs.id()).get("mount_command").isNull()).isTrue();
        nids(other, "10.0.0.2@tcp", "10.1.0.2@tcp1");
        nids(primary, "10.0.0.1@tcp", "10.1.0.1@o2ib1");
        nids(silent);

        JsonNode shown = lab.show(fs.id());

        assertThat(shown.get("mount_path").asText())
                .isEqualTo("10.0.0.1@tcp0,10.1.0.1@o2ib1:10.0.0.2@tcp0,10.1.0.2@tcp1:/" + name);
        assertThat(shown.get("mount_command").asText())
                .isEqualTo("mount -t lustre " + shown.get("mount_path").asText() + " /mnt/" + name);
    }

    @Test
    void filtersAndOrders() {
        FsLab.NewFilesystem second = lab.create("zz" + FsLab.id());
        lab.admin().queryParam("name", name).get("/api/filesystem/").then().body("objects.id", contains((int) fs.id()));
        lab.admin()
                .queryParam("id__in", second.id())
                .queryParam("id__in", fs.id())
                .queryParam("order_by", "-name")
                .get("/api/filesystem/")
                .then()
                .body("objects.id", contains((int) second.id(), (int) fs.id()))
                .body("meta.total_count", is(2));
        lab.admin().queryParam("id", 1L << 40).get("/api/filesystem/").then().body("objects", empty());
        lab.admin()
                .queryParam("state", "available")
                .get("/api/filesystem/")
                .then()
                .statusCode(400)
                .body("error", is("The 'state' field does not allow filtering."));
    }

    @Test
    void relationsAreEmbeddedOrLinkedAsAsked() {
        lab.publish(bus, FsLab.later(fs.ost(0), 2, "formatted", null), FsLab.later(fs.ost(1), 2, "formatted", null));
        lab.admin()
                .queryParam("dehydrate__osts", "true")
                .queryParam("dehydrate__mgt", "false")
                .queryParam("dehydrate__mdts", "false")
                .get("/api/filesystem/" + fs.id() + "/")
                .then()
                .statusCode(200)
                .body("osts.name", contains(name + "-OST0000", name + "-OST0001"))
                .body("mgt", is("/api/target/" + fs.mgt().id() + "/"))
                .body("mdts", contains("/api/target/" + fs.mdt().id() + "/"));
    }

    /** The wire form of an object of another service, in which what can be asked of it is empty. */
    private static ObjectNode silent(ObjectNode wire) {
        wire.putArray("available_transitions");
        wire.putArray("available_jobs");
        wire.putArray("available_actions");
        wire.putObject("locks").putArray("read");
        return wire;
    }

    @Test
    void embeddedObjectsAtEveryLevelSayWhatCanBeAskedOfThemAndWhoHoldsThem() {
        HostFact server = Worker.host(FsLab.id());
        TargetFact mdt = FsLab.later(fs.mdt(), 2, "mounted", server.id());
        bus.publish(new FactMessage(
                server, silent(JsonNodeFactory.instance.objectNode().put("id", server.id()))));
        bus.publish(new FactMessage(
                mdt,
                silent(TargetNeighbour.wire(mdt)
                        .put("primary_server", server.ref().uri()))));
        bus.publishLocks(mdt.ref(), 1, new LockFact(mdt.ref(), 1, List.of(), List.of(41L)));

        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    JsonNode embedded = ContractJson.read(
                                    lab.admin()
                                            .queryParam("dehydrate__primary_server", "true")
                                            .get("/api/filesystem/" + fs.id() + "/")
                                            .asString(),
                                    JsonNode.class)
                            .at("/mdts/0");
                    assertThat(embedded.at("/locks/write/0").asLong()).isEqualTo(41);
                    assertThat(embedded.at("/available_actions")).isEmpty();
                    JsonNode second = embedded.get("primary_server");
                    assertThat(second.path("id").asLong()).isEqualTo(server.id());
                    assertThat(second.path("locks").toString()).isEqualTo("{\"read\":[],\"write\":[]}");
                    assertThat(second.path("available_transitions").findValuesAsText("state"))
                            .containsExactly("removed");
                    assertThat(second.path("available_jobs").findValuesAsText("class_name"))
                            .contains("ForceRemoveHostJob");
                });
        assertThat(lab.show(fs.id()).at("/mdts/0/primary_server").asText())
                .isEqualTo(server.ref().uri());
    }

    private void awaitStatesOffered(String... states) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                lab.show(fs.id()).get("available_transitions").findValuesAsText("state"))
                        .containsExactlyInAnyOrder(states));
    }

    @Test
    void itOffersAStopWhileThereIsSomethingToStop() {
        awaitStatesOffered("available", "removed");

        lab.publish(bus, FsLab.later(fs.mdt(), 2, "mounted", 1L));

        awaitStatesOffered("available", "stopped", "removed");
        assertThat(lab.show(fs.id()).get("available_jobs")).isEmpty();

        ObjectRef ref = ObjectRef.filesystem(fs.id());
        bus.publishLocks(ref, 1, new LockFact(ref, 1, List.of(3L), List.of(4L)));

        awaitStatesOffered();
        assertThat(lab.show(fs.id()).at("/locks/read/0").asLong()).isEqualTo(3);
        assertThat(lab.show(fs.id()).at("/locks/write/0").asLong()).isEqualTo(4);
    }

    @Test
    void aStateIsAskedOfTheCommandService() {
        put("{\"state\": \"stopped\"}")
                .statusCode(202)
                .body("command.id", equalTo(CommandNeighbour.commands().size()));

        assertThat(CommandNeighbour.lastCommand().wants())
                .containsExactly(new CommandRequest.Want(ObjectRef.filesystem(fs.id()), "stopped"));
        put("{\"state\": \"unavailable\"}").statusCode(204);
        put("{\"state\": 1}").statusCode(400).body("state", is("Must be a string"));
        put("{}").statusCode(200).body("id", equalTo((int) fs.id()));
    }

    @Test
    void aCompleteCopyWithAnotherStateIsAStateChange() {
        ObjectNode copy = (ObjectNode) lab.show(fs.id());
        int commands = CommandNeighbour.commands().size();

        put(copy.put("state", "stopped").toString()).statusCode(202);

        assertThat(CommandNeighbour.commands()).hasSize(commands + 1);
        copy.put("state", "unavailable");
        put(copy.toString()).statusCode(204);
        assertThat(CommandNeighbour.commands()).hasSize(commands + 1);
    }

    @Test
    void changedParametersAreStoredToldAndAskedToBeApplied() {
        ObjectNode copy = (ObjectNode) lab.show(fs.id());
        ((ObjectNode) copy.get("conf_params")).put("sys.timeout", "20");

        // the state beside them is not heard
        put(copy.put("state", "stopped").toString())
                .statusCode(202)
                .body("command.message", is("Updating configuration parameters"))
                .body("filesystem.id", is((int) fs.id()))
                .body("filesystem.conf_params.'sys.timeout'", is("20"));

        CommandRequest asked = CommandNeighbour.lastCommand();
        assertThat(asked.wants()).isEmpty();
        assertThat(asked.jobs()).hasSize(1);
        assertThat(asked.jobs().getFirst().className()).isEqualTo("ApplyConfParams");
        assertThat(asked.jobs().getFirst().args().get("mgs_id").asLong())
                .isEqualTo(fs.mgt().id());
        FilesystemFact told = (FilesystemFact) asked.introduced().getFirst();
        assertThat(told.confParams()).containsExactly(Map.entry("sys.timeout", "20"));
        bus.await(
                Topics.facts(ObjectType.FILESYSTEM),
                heard -> heard.key().equals(told.ref().toString())
                        && heard.as(FactMessage.class).fact().equals(told));

        int commands = CommandNeighbour.commands().size();
        put("{\"id\": %d, \"conf_params\": {\"sys.timeout\": \"20\"}}".formatted(fs.id()))
                .statusCode(200);
        assertThat(CommandNeighbour.commands()).hasSize(commands);
        put("{\"id\": %d, \"conf_params\": {\"sys.timeout\": null}}".formatted(fs.id()))
                .statusCode(202)
                .body("filesystem.conf_params.'sys.timeout'", nullValue());
    }

    @Test
    void whatIsWrongWithParametersIsSaid() {
        put("{\"conf_params\": {}}").statusCode(400).body("id", is("Field is mandatory"));
        put("{\"id\": 0, \"conf_params\": {}}").statusCode(400).body("id", is("Filesystem with id 0 not found"));
        put("{\"id\": %d, \"conf_params\": {\"sys.at_history\": \"x\", \"sys.timeout\": \" 1\"}}".formatted(fs.id()))
                .statusCode(400)
                .body("conf_params.'sys.at_history'", contains("Must be an integer"))
                .body("conf_params.'sys.timeout'", contains("May not contain leading or trailing spaces"));
    }

    @Test
    void theCoordinatorCanBeToldWhatItIsNot() {
        TargetFact mdt = FsLab.later(fs.mdt(), 2, "mounted", 1L);
        ObjectNode wire = TargetNeighbour.wire(mdt);
        wire.putObject("conf_params").put("mdt.hsm_control", "enabled").putNull("lov.stripesize");
        bus.publish(new FactMessage(mdt, wire));
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(lab.show(fs.id()).get("cdt_status").asText()).isEqualTo("enabled"));

        JsonNode shown = lab.show(fs.id());

        assertThat(shown.get("cdt_mdt").asText()).isEqualTo("/api/target/" + mdt.id() + "/");
        JsonNode offered = shown.get("hsm_control_params");
        assertThat(offered.findValuesAsText("param_value")).containsExactlyInAnyOrder("disabled", "shutdown");
        assertThat(offered.findValuesAsText("verb")).containsExactlyInAnyOrder("Disable", "Shutdown");
        assertThat(offered.at("/0/param_key").asText()).isEqualTo("mdt.hsm_control");
        assertThat(offered.at("/0/long_description").asText()).isNotEmpty();
        assertThat(offered.at("/0/mdt/id").isTextual()).isTrue();
        assertThat(offered.at("/0/mdt/conf_params")).isEqualTo(wire.get("conf_params"));
        assertThat(offered.at("/0/mdt/kind").asText()
                        + offered.at("/0/mdt/resource").asText())
                .isEqualTo("MDTtarget");

        lab.publish(bus, FsLab.later(fs.mdt(), 3, "removed", null));

        assertThat(lab.show(fs.id()).fieldNames())
                .toIterable()
                .doesNotContain("cdt_status", "cdt_mdt", "hsm_control_params");
    }

    private void measured(FilesystemUsage usage) {
        bus.publish(
                ServiceName.METRICS,
                Topics.USAGE,
                ObjectRef.filesystem(usage.filesystemId()).toString(),
                usage);
    }

    @Test
    void itShowsTheFiguresThatItsServersMeasured() {
        measured(new FilesystemUsage(fs.id(), 20, 4096.0, 1024.0, 100.0, 60.0, 2.5));
        measured(new FilesystemUsage(fs.id(), 10, 1.0, 1.0, 1.0, 1.0, 1.0));
        measured(new FilesystemUsage(fs.id(), 30, 4096.0, 512.0, 100.0, null, 3.0));
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(lab.show(fs.id()).get("bytes_free").asText()).isEqualTo("512.0"));

        JsonNode shown = lab.show(fs.id());

        assertThat(shown.get("bytes_total").asDouble()).isEqualTo(4096);
        assertThat(shown.get("files_total").asDouble()).isEqualTo(100);
        assertThat(shown.get("files_free").isNull()).isTrue();
        assertThat(shown.get("client_count").asDouble()).isEqualTo(3);
    }

    @Test
    void aDryRunShowsWhatWouldHappen() {
        int commands = CommandNeighbour.commands().size();
        CommandNeighbour.report(new DryRun.Report(
                new DryRun.Job("StopUnavailableFilesystemJob", "Stop file system " + name, false, null, fs.id(), 103),
                List.of(new DryRun.Job(
                        "StopTargetJob",
                        "Stop target " + name + "-MDT0000",
                        true,
                        null,
                        fs.mdt().id(),
                        83))));

        put("{\"state\": \"stopped\", \"dry_run\": true}")
                .statusCode(200)
                .body("transition_job.class", is("StopUnavailableFilesystemJob"))
                .body("transition_job", hasKey("confirmation_prompt"))
                .body("transition_job.confirmation_prompt", nullValue())
                .body("dependency_jobs.requires_confirmation", contains(true));
        put("{\"state\": \"unavailable\", \"dry_run\": true}").statusCode(200).body("", empty());
        assertThat(CommandNeighbour.commands()).hasSize(commands);
    }

    @Test
    void aRemovalIsACommand() {
        lab.admin().delete("/api/filesystem/" + fs.id() + "/").then().statusCode(202);
        assertThat(CommandNeighbour.lastCommand().wants())
                .containsExactly(new CommandRequest.Want(ObjectRef.filesystem(fs.id()), "removed"));

        String sentence = "State 'removed' is invalid for <class 'ManagedFilesystem'>, must be one of []";
        CommandNeighbour.refuse("removed", new Refusal("state", sentence, null));
        lab.admin()
                .delete("/api/filesystem/" + fs.id() + "/")
                .then()
                .statusCode(400)
                .body("__all__", is(sentence));
        put("{\"state\": \"removed\"}").statusCode(400).body("state", is(sentence));
        CommandNeighbour.mood(Neighbour.Mood.AWAY);
        lab.admin().delete("/api/filesystem/" + fs.id() + "/").then().statusCode(503);
    }

    @Test
    void thereIsNoSuchFileSystem() {
        lab.admin().get("/api/filesystem/999999999/").then().statusCode(404);
        lab.admin().delete("/api/filesystem/999999999/").then().statusCode(404);
        lab.admin()
                .body("{\"state\": \"stopped\"}")
                .put("/api/filesystem/999999999/")
                .then()
                .statusCode(404);
        lab.admin().body("{}").patch("/api/filesystem/").then().statusCode(405);
    }

    @Test
    void whoIsNoAdministratorOnlyReads() {
        lab.as(Level.USER).get("/api/filesystem/" + fs.id() + "/").then().statusCode(200);
        lab.as(Level.USER)
                .body("{\"state\": \"stopped\"}")
                .put("/api/filesystem/" + fs.id() + "/")
                .then()
                .statusCode(401);
        lab.as(Level.USER).delete("/api/filesystem/" + fs.id() + "/").then().statusCode(401);
        io.restassured.RestAssured.given().get("/api/filesystem/").then().statusCode(401);
    }
}
