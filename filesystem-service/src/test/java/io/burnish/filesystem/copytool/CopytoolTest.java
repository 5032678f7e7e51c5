package io.burnish.filesystem.copytool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.CopytoolEvents;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.filesystem.lab.Worker;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.GoldenWire;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copytools: the resource, the jobs, and what the copytools say. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class CopytoolTest {

    private static final String PATH = "/api/copytool/";
    private static final String OPERATIONS = "/api/copytool_operation/";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String FID = "0x200000400:0x13:0x0";

    private final FsLab lab;
    private Bus bus;
    private Worker worker;
    private long number;

    CopytoolTest(FsLab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void open() {
        bus = lab.bus();
        worker = Worker.of(lab, bus);
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private Map<String, Object> form() {
        return new HashMap<>(Map.of(
                "filesystem",
                worker.filesystemUri(),
                "host",
                worker.hostUri(),
                "bin_path",
                "/usr/sbin/lhsmtool_posix",
                "archive",
                1,
                "mountpoint",
                "/mnt/scratch",
                "hsm_arguments",
                "-p /tmp/hsm"));
    }

    private Map<String, Object> form(String field, Object value) {
        Map<String, Object> form = form();
        form.put(field, value);
        return form;
    }

    private JsonNode create() {
        return worker.post(PATH, form(), 202).path("copytool");
    }

    private static ObjectRef ref(JsonNode copytool) {
        return new ObjectRef(ObjectType.COPYTOOL, copytool.path("id").asLong());
    }

    private JsonNode show(JsonNode copytool) {
        return worker.get(ref(copytool).uri());
    }

    private String state(JsonNode copytool) {
        return show(copytool).path("state").asText();
    }

    /** A copytool that a job has started; returns the job's run. */
    private String start(JsonNode copytool) {
        assertThat(worker.run(worker.job("ConfigureCopytoolJob", ref(copytool), "unconfigured", "stopped"), 1)
                        .outcome())
                .isEqualTo(new JobOutcome.Succeeded());
        Dispatch.RunJob job = worker.job("StartCopytoolJob", ref(copytool), "stopped", "started");
        assertThat(worker.run(job, 1).outcome()).isEqualTo(new JobOutcome.Succeeded());
        return Long.toString(job.jobId());
    }

    private static ObjectNode event(String type, int second, String... more) {
        ObjectNode event = ContractJson.mapper()
                .createObjectNode()
                .put("event_type", type)
                .put("event_time", "2026-03-02 10:00:%02d+00:00".formatted(second))
                .put("source_fid", FID)
                .put("data_fid", FID);
        for (int i = 0; i < more.length; i += 2) {
            event.put(more[i], more[i + 1]);
        }
        return event;
    }

    private CopytoolEvents batch(JsonNode copytool, String run, String monitor, ObjectNode... events) {
        CopytoolEvents batch = new CopytoolEvents(
                worker.host().id(), ref(copytool).id(), run, monitor, number + 1, Arrays.asList(events));
        number += events.length;
        return batch;
    }

    private void say(CopytoolEvents batch) {
        bus.publish(
                ServiceName.HOST,
                Topics.COPYTOOL_EVENTS,
                new ObjectRef(ObjectType.COPYTOOL, batch.copytoolId()).toString(),
                batch);
    }

    private List<JsonNode> operations() {
        return worker.get(OPERATIONS + "?filesystem_id=" + worker.filesystemId())
                .path("objects")
                .valueStream()
                .toList();
    }

    private JsonNode awaitOperation(Predicate<JsonNode> wanted) {
        Awaitility.await().atMost(SOON).until(() -> operations().stream().anyMatch(wanted));
        return operations().stream().filter(wanted).findFirst().orElseThrow();
    }

    private void awaitShown(JsonNode copytool, String field, String value) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> show(copytool).path(field).asText().equals(value));
    }

    @Test
    void aNewCopytoolHasItsShapeAndAClientMount() {
        JsonNode created = create();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> show(created).path("available_actions").size() == 4);
        JsonNode copytool = show(created);
        // what is embedded is its own service's affair
        GoldenWire.check(
                "copytool",
                worker.get(ref(copytool).uri() + "?dehydrate__host=false"),
                Map.of(worker.filesystem(), "scratch", worker.host().label(), "worker1.lab.example"));
        assertThat(copytool.path("label").asText()).isEqualTo("lhsmtool_posix-" + worker.filesystem() + "-1-0");
        assertThat(copytool.path("host").path("id").asLong())
                .isEqualTo(worker.host().id());
        assertThat(copytool.path("filesystem").asText()).isEqualTo(worker.filesystemUri());
        assertThat(copytool.path("state").asText()).isEqualTo("unconfigured");
        assertThat(copytool.path("uuid").isNull() && copytool.path("pid").isNull())
                .isTrue();
        JsonNode mounts = worker.get("/api/client_mount/?host=" + worker.host().id());
        assertThat(mounts.at("/objects/0/mountpoint").asText()).isEqualTo("/mnt/scratch");
        assertThat(worker.published(ref(copytool), "unconfigured").label())
                .isEqualTo(copytool.path("label").asText());
    }

    @Test
    void copytoolsOfOneKindAreNumbered() {
        assertThat(create().path("index").asInt()).isZero();
        assertThat(create().path("index").asInt()).isEqualTo(1);
        assertThat(worker.post(PATH, form("archive", "2"), 202)
                        .at("/copytool/index")
                        .asInt())
                .isZero();
        assertThat(worker.get(PATH + "?filesystem_id=" + worker.filesystemId())
                        .at("/meta/total_count")
                        .asInt())
                .isEqualTo(3);
        assertThat(worker.get(PATH + "?filesystem_id=999999")
                        .at("/meta/total_count")
                        .asInt())
                .isZero();
        lab.admin().get(PATH + "?filesystem_id=x").then().statusCode(400);
    }

    @Test
    void whatIsWrongIsNamed() {
        Map<String, Object> empty = new HashMap<>();
        for (String field : List.of("filesystem", "host", "bin_path", "archive", "mountpoint")) {
            assertThat(worker.post(PATH, empty, 400).toString())
                    .isEqualTo("{\"%s\":[\"This field is mandatory\"]}".formatted(field));
            empty.put(field, form().get(field));
        }
        Map<String, Object> wrong = form("hsm_arguments", "--daemon -A 3 -v");
        wrong.put("archive", "one");
        wrong.put("host", "nonsense");
        wrong.put("colour", "red");
        assertThat(worker.post(PATH, wrong, 400).toString())
                .contains("Invalid argument '--daemon': conflicts with copytool management automation")
                .contains("Invalid argument '-A': is already automatically supplied")
                .contains("Invalid argument '-v': makes no sense in this context")
                .contains("\"archive\":[\"Archive number must be an integer\"]")
                .contains("\"host\":[\"Host not found in DB\"]")
                .contains("\"colour\":[");
        assertThat(worker.post(PATH, form("filesystem", "/api/filesystem/999999/"), 400)
                        .toString())
                .isEqualTo("{\"filesystem\":[\"Filesystem not found in DB\"]}");
        assertThat(worker.get(PATH + "?filesystem_id=" + worker.filesystemId())
                        .at("/meta/total_count")
                        .asInt())
                .isZero();
    }

    @Test
    void aStateIsAskedOfTheCommandServiceWithWhatItMayNotKnowYet() {
        JsonNode copytool = create();
        lab.admin()
                .body("{\"state\":\"started\"}")
                .put(ref(copytool).uri())
                .then()
                .statusCode(202);
        CommandRequest request = CommandNeighbour.lastCommand();
        assertThat(request.wants()).containsExactly(new CommandRequest.Want(ref(copytool), "started"));
        assertThat(request.introduced()).extracting(fact -> fact.ref().type()).contains(ObjectType.CLIENT_MOUNT);
        lab.admin()
                .body("{\"state\":\"unconfigured\"}")
                .put(ref(copytool).uri())
                .then()
                .statusCode(204);
        lab.admin()
                .body("{\"bin_path\":\"/other\"}")
                .put(ref(copytool).uri())
                .then()
                .statusCode(200);
        assertThat(show(copytool).path("bin_path").asText()).isEqualTo("/usr/sbin/lhsmtool_posix");
        lab.admin().body("{}").put(PATH + "999999/").then().statusCode(404);
        lab.admin().delete(ref(copytool).uri()).then().statusCode(405);
        lab.admin().get(PATH + "metric/").then().statusCode(404);
    }

    @Test
    void jobsConfigureStartStopAndRemoveItOnTheWorker() {
        JsonNode copytool = create();
        Dispatch.RunJob configure = worker.job("ConfigureCopytoolJob", ref(copytool), "unconfigured", "stopped");
        worker.dispatch(configure);
        ActionCommand.Run action = worker.action(configure, 0);
        assertThat(action.hostId()).isEqualTo(worker.host().id());
        assertThat(action.action()).isEqualTo("configure_copytool");
        assertThat(action.args().toString())
                .isEqualTo(
                        "{\"id\":\"%d\",\"index\":0,\"bin_path\":\"/usr/sbin/lhsmtool_posix\",\"archive_number\":1,\"filesystem\":\"%s\",\"mountpoint\":\"/mnt/scratch\",\"hsm_arguments\":\"-p /tmp/hsm\"}"
                                .formatted(ref(copytool).id(), worker.filesystem()));
        worker.answer(action, Worker.done());
        worker.end(configure);
        Dispatch.RunJob start = worker.job("StartCopytoolJob", ref(copytool), "stopped", "started");
        worker.dispatch(start);
        ActionCommand.Run started = worker.action(start, 0);
        assertThat(started.args().toString())
                .isEqualTo(
                        "{\"id\":\"%d\",\"run\":\"%d\"}".formatted(ref(copytool).id(), start.jobId()));
        worker.answer(started, Worker.done());
        worker.end(start);
        assertThat(state(copytool)).isEqualTo("started");
        worker.run(worker.job("StopCopytoolJob", ref(copytool), "started", "stopped"), 1);
        assertThat(state(copytool)).isEqualTo("stopped");
        Dispatch.RunJob remove = worker.job("RemoveCopytoolJob", ref(copytool), "stopped", "removed");
        worker.dispatch(remove);
        ActionCommand.Run stop = worker.action(remove, 0);
        assertThat(stop.action()).isEqualTo("stop_monitored_copytool");
        worker.answer(stop, Worker.done());
        ActionCommand.Run unconfigure = worker.action(remove, 1);
        assertThat(unconfigure.action()).isEqualTo("unconfigure_copytool");
        worker.answer(unconfigure, Worker.done());
        worker.end(remove);
        lab.admin().get(ref(copytool).uri()).then().statusCode(404);
        worker.published(ref(copytool), "removed");
    }

    @Test
    void oneIsDroppedByForceWithoutItsWorker() {
        JsonNode copytool = create();
        say(batch(copytool, start(copytool), "m1", event("ARCHIVE_START", 1, "lustre_path", "a")));
        awaitOperation(operation -> true);
        assertThat(worker.run(worker.job("ForceRemoveCopytoolJob", ref(copytool), null, null), 0)
                        .outcome())
                .isEqualTo(new JobOutcome.Succeeded());
        lab.admin().get(ref(copytool).uri()).then().statusCode(404);
        assertThat(operations()).isEmpty();
    }

    @Test
    void anOperationIsFollowedFromItsBeginningToItsEnd() {
        JsonNode copytool = create();
        String run = start(copytool);
        say(batch(
                copytool,
                run,
                "m1",
                event("REGISTER", 0, "uuid", "7f0e5a52"),
                event("ARCHIVE_START", 5, "lustre_path", "data/run7")));
        JsonNode operation = awaitOperation(one -> one.path("state").asText().equals("STARTED"));
        assertThat(operation.path("description").asText())
                .isEqualTo("Started copying data/run7 from Lustre to HSM backend");
        assertThat(operation.path("started_at").asText()).isEqualTo("2026-03-02T10:00:05");
        assertThat(operation.at("/copytool/host/id").asLong())
                .isEqualTo(worker.host().id());
        assertThat(operation.at("/copytool/active_operations_count").asInt()).isEqualTo(1);
        assertThat(show(copytool).path("uuid").asText()).isEqualTo("7f0e5a52");

        say(batch(
                copytool,
                run,
                "m1",
                event("ARCHIVE_RUNNING", 10).put("current_bytes", 4_194_304L).put("total_bytes", 16_777_216L)));
        JsonNode running = awaitOperation(one -> one.path("state").asText().equals("RUNNING"));
        assertThat(running.path("processed_bytes").asText()).isEqualTo("4194304");
        assertThat(running.path("processed_bytes").isTextual()).isTrue();
        assertThat(running.path("description").asText()).startsWith("Currently copying");
        assertThat(worker.get(OPERATIONS + "?active=true&filesystem_id=" + worker.filesystemId())
                        .at("/meta/total_count")
                        .asInt())
                .isEqualTo(1);

        say(batch(copytool, run, "m1", event("ARCHIVE_FINISH", 20)));
        JsonNode finished = awaitOperation(one -> one.path("state").asText().equals("FINISHED"));
        assertThat(finished.path("finished_at").asText()).isEqualTo("2026-03-02T10:00:20");
        assertThat(finished.path("id")).isEqualTo(operation.path("id"));
        assertThat(worker.get(OPERATIONS + "?active=true&filesystem_id=" + worker.filesystemId())
                        .at("/meta/total_count")
                        .asInt())
                .isZero();
        assertThat(worker.get(OPERATIONS + "?active=false&filesystem_id=" + worker.filesystemId())
                        .at("/meta/total_count")
                        .asInt())
                .isEqualTo(1);
        lab.admin().get(OPERATIONS + "?active=maybe").then().statusCode(400);
        lab.admin().get(OPERATIONS + "?filesystem_id=x").then().statusCode(400);
        assertThat(show(copytool).path("active_operations_count").asInt()).isZero();
    }

    @Test
    void aBatchThatComesAgainChangesNothing() {
        JsonNode copytool = create();
        String run = start(copytool);
        CopytoolEvents first =
                batch(copytool, run, "m1", event("ARCHIVE_START", 1, "lustre_path", "a"), event("ARCHIVE_FINISH", 2));
        say(first);
        say(first);
        CopytoolEvents overlapping = new CopytoolEvents(
                first.hostId(),
                first.copytoolId(),
                run,
                "m1",
                first.first(),
                List.of(first.events().get(0), first.events().get(1), event("REMOVE_START", 3, "lustre_path", "b")));
        say(overlapping);
        awaitOperation(one -> one.path("type").asText().equals("REMOVE"));
        assertThat(operations()).extracting(one -> one.path("state").asText()).containsExactly("FINISHED", "STARTED");
    }

    @Test
    void eventsOfABatchAreAppliedInTheOrderOfTheirTimes() {
        JsonNode copytool = create();
        say(batch(
                copytool,
                start(copytool),
                "m1",
                event("ARCHIVE_FINISH", 9),
                event("ARCHIVE_START", 1, "lustre_path", "a"),
                event("nonsense", 2)));
        awaitOperation(one -> one.path("state").asText().equals("FINISHED"));
        assertThat(operations()).hasSize(1);
    }

    @Test
    void aRestoreIsFollowedToTheFileThatIsWritten() {
        JsonNode copytool = create();
        String run = start(copytool);
        say(batch(copytool, run, "m1", event("RESTORE_START", 1, "lustre_path", "a")));
        say(batch(copytool, run, "m1", event("RESTORE_RUNNING", 2, "data_fid", "0x9:0x9:0x0")));
        say(batch(
                copytool,
                run,
                "m1",
                event(
                        "RESTORE_ERROR",
                        3,
                        "data_fid",
                        "0x9:0x9:0x0",
                        "source_fid",
                        "0x9:0x9:0x0",
                        "error",
                        "no space")));
        JsonNode failed = awaitOperation(one -> one.path("state").asText().equals("ERRORED"));
        assertThat(failed.path("info").asText()).isEqualTo("no space");
        assertThat(failed.path("fid").asText()).isEqualTo(FID);
        assertThat(failed.path("description").asText())
                .isEqualTo("Failed while restoring a from HSM backend to Lustre");
    }

    @Test
    void aCopytoolThatRegistersAnewHasLostItsOperations() {
        JsonNode copytool = create();
        String run = start(copytool);
        say(batch(
                copytool,
                run,
                "m1",
                event("REGISTER", 0, "uuid", "one"),
                event("ARCHIVE_START", 1, "lustre_path", "a")));
        awaitOperation(one -> one.path("state").asText().equals("STARTED"));
        number = 0;
        say(batch(copytool, run, "m2", event("REGISTER", 2, "uuid", "two")));
        awaitOperation(one -> one.path("state").asText().equals("ERRORED"));
        awaitShown(copytool, "uuid", "two");
        say(batch(copytool, run, "m2", event("UNREGISTER", 3)));
        awaitShown(copytool, "state", "stopped");
        assertThat(show(copytool).path("uuid").isNull()).isTrue();
        say(batch(copytool, run, "m2", event("ARCHIVE_START", 4, "lustre_path", "b")));
        awaitShown(copytool, "uuid", "00000000-0000-0000-0000-000000000000");
        assertThat(state(copytool)).isEqualTo("started");
    }

    @Test
    void aLateWordOfAStoppedCopytoolStartsNothing() {
        JsonNode copytool = create();
        String run = start(copytool);
        say(batch(copytool, run, "m1", event("ARCHIVE_START", 1, "lustre_path", "a")));
        awaitOperation(one -> one.path("state").asText().equals("STARTED"));
        worker.run(worker.job("StopCopytoolJob", ref(copytool), "started", "stopped"), 1);
        assertThat(awaitOperation(one -> one.path("state").asText().equals("ERRORED"))
                        .path("info")
                        .asText())
                .isEqualTo("The copytool was stopped");
        say(batch(
                copytool,
                run,
                "m1",
                event("REGISTER", 2, "uuid", "x"),
                event("ARCHIVE_RUNNING", 3),
                event("LOGGED_MESSAGE", 4, "message", "the last word", "level", "ERROR")));
        LogBatch lines = bus.await(
                        Topics.LOG_LINES,
                        heard -> heard.as(LogBatch.class).hostId()
                                == worker.host().id())
                .as(LogBatch.class);
        assertThat(lines.lines().getFirst())
                .isEqualTo(new LogBatch.Line(
                        java.time.Instant.parse("2026-03-02T10:00:04Z"),
                        3,
                        4,
                        copytool.path("label").asText(),
                        "the last word",
                        true));
        assertThat(state(copytool)).isEqualTo("stopped");
        assertThat(operations()).hasSize(1);
    }

    @Test
    void whatItSaysWhileAJobChangesItCountsAfterwards() {
        JsonNode copytool = create();
        String run = start(copytool);
        worker.lock(ref(copytool), true);
        Awaitility.await().atMost(SOON).until(() -> lab.held(ref(copytool)));
        say(batch(copytool, run, "m1", event("REGISTER", 1, "uuid", "x"), event("UNREGISTER", 2)));
        say(batch(copytool, run, "m1", event("ARCHIVE_FINISH", 3)));
        Awaitility.await().atMost(SOON).until(() -> lab.heard(ref(copytool).id()) == number);
        assertThat(state(copytool)).isEqualTo("started");
        worker.lock(ref(copytool), false);
        awaitShown(copytool, "state", "stopped");
    }

    @Test
    void aServerSpeaksOnlyForItsOwnCopytools() {
        JsonNode copytool = create();
        String run = start(copytool);
        CopytoolEvents own = batch(copytool, run, "m1", event("ARCHIVE_START", 1, "lustre_path", "a"));
        say(new CopytoolEvents(FsLab.id(), own.copytoolId(), run, "m1", 1, own.events()));
        say(batch(copytool, run, "m1", event("REMOVE_START", 2, "lustre_path", "b")));
        awaitOperation(one -> one.path("type").asText().equals("REMOVE"));
        assertThat(operations()).hasSize(1);
    }

    @Test
    void theCopytoolsOfAServerThatIsRemovedVanish() {
        JsonNode copytool = create();
        start(copytool);
        worker.becomes("removed");
        worker.published(ref(copytool), "removed");
        lab.admin().get(ref(copytool).uri()).then().statusCode(404);
    }
}
