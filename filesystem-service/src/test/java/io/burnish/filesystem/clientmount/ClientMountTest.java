package io.burnish.filesystem.clientmount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.Observation;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Client mounts: the resource, the jobs, and what servers report. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class ClientMountTest {

    private static final String PATH = "/api/client_mount/";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FsLab lab;
    private Bus bus;
    private Worker worker;
    private long sequence;

    ClientMountTest(FsLab lab) {
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

    private JsonNode create(String mountpoint) {
        return worker.post(
                        PATH,
                        Map.of(
                                "host",
                                worker.hostUri(),
                                "filesystem",
                                worker.filesystemUri(),
                                "mountpoint",
                                mountpoint),
                        202)
                .path("client_mount");
    }

    private static ObjectRef ref(JsonNode mount) {
        return new ObjectRef(ObjectType.CLIENT_MOUNT, mount.path("id").asLong());
    }

    private void seen(String... mountpoints) {
        bus.publish(
                ServiceName.HOST,
                Topics.OBSERVATIONS,
                Long.toString(worker.host().id()),
                new Observation.ClientMounts(
                        worker.host().id(),
                        "epoch",
                        ++sequence,
                        Instant.now(),
                        Arrays.stream(mountpoints)
                                .map(point -> new Observation.ClientMount(
                                        worker.spec().replace("@tcp0", "@tcp"), point))
                                .toList()));
    }

    private List<JsonNode> mounts() {
        return worker.get(PATH + "?host=" + worker.host().id())
                .path("objects")
                .valueStream()
                .toList();
    }

    @Test
    void aMountIsCreatedOnceForAServerAndAFileSystem() {
        JsonNode first = create("/mnt/one");
        GoldenWire.check("client_mount", first, Map.of());
        assertThat(first.path("state").asText()).isEqualTo("unmounted");
        assertThat(first.path("host").asText()).isEqualTo(worker.hostUri());
        assertThat(first.path("filesystem").asText()).isEqualTo(worker.filesystemUri());
        JsonNode second = create("/mnt/two");
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("mountpoint").asText()).isEqualTo("/mnt/two");
        assertThat(worker.get(PATH + "?filesystem=" + worker.filesystemId())
                        .path("meta")
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(worker.published(ref(first), "unmounted").label())
                .startsWith(worker.host().label() + ":/mnt/");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(worker.post(PATH, Map.of("filesystem", worker.filesystemUri(), "mountpoint", "/m"), 404)
                        .path("error_message")
                        .asText())
                .isNotEmpty();
        assertThat(worker.post(
                                PATH,
                                Map.of(
                                        "host",
                                        "/api/host/999999/",
                                        "filesystem",
                                        worker.filesystemUri(),
                                        "mountpoint",
                                        "/m"),
                                400)
                        .path("error")
                        .asText())
                .isEqualTo("Could not find the provided object via resource URI '/api/host/999999/'.");
        Map<String, String> links = Map.of("host", worker.hostUri(), "filesystem", worker.filesystemUri());
        assertThat(worker.post(PATH, links, 400).at("/mountpoint/0").asText()).isEqualTo("This field is mandatory");
        for (String unusable : List.of("relative", "/with blank", "", "/line\nbreak")) {
            assertThat(worker.post(
                                    PATH,
                                    Map.of(
                                            "host",
                                            worker.hostUri(),
                                            "filesystem",
                                            worker.filesystemUri(),
                                            "mountpoint",
                                            unusable),
                                    400)
                            .at("/mountpoint/0")
                            .asText())
                    .isEqualTo("Must be an absolute path without blanks");
        }
        assertThat(mounts()).isEmpty();
    }

    @Test
    void mountingAndUnmountingAreActionsOnTheWorker() {
        JsonNode mount = create("/mnt/scratch");
        Dispatch.RunJob job = worker.job("MountLustreClientJob", ref(mount), "unmounted", "mounted");
        worker.dispatch(job);
        ActionCommand.Run action = worker.action(job, 0);
        assertThat(action.hostId()).isEqualTo(worker.host().id());
        assertThat(action.action()).isEqualTo("mount_lustre_filesystems");
        assertThat(action.args().toString())
                .isEqualTo("{\"filesystems\":[[\"%s\",\"/mnt/scratch\"]]}".formatted(worker.spec()));
        worker.answer(action, Worker.done());
        assertThat(worker.end(job).outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(worker.get(ref(mount).uri()).path("state").asText()).isEqualTo("mounted");

        assertThat(worker.run(worker.job("UnmountLustreClientMountJob", ref(mount), "mounted", "unmounted"), 1)
                        .outcome())
                .isEqualTo(new JobOutcome.Succeeded());
        assertThat(worker.run(worker.job("RemoveLustreClientJob", ref(mount), "unmounted", "removed"), 0)
                        .outcome())
                .isEqualTo(new JobOutcome.Succeeded());
        assertThat(mounts()).isEmpty();
        assertThat(worker.published(ref(mount), "removed").gone()).isTrue();
    }

    @Test
    void aMountThatFailsSaysWhyAndChangesNothing() {
        JsonNode mount = create("/mnt/scratch");
        Dispatch.RunJob job = worker.job("MountLustreClientJob", ref(mount), "unmounted", "mounted");
        worker.dispatch(job);
        worker.answer(
                worker.action(job, 0),
                new ActionOutcome.Failed("mount /mnt/scratch: no such file system", "", List.of()));
        assertThat(worker.end(job).outcome().toString()).contains("no such file system");
        assertThat(worker.get(ref(mount).uri()).path("state").asText()).isEqualTo("unmounted");
    }

    @Test
    void aMountedOneIsNotMovedByAnotherRequest() {
        JsonNode mount = create("/mnt/scratch");
        worker.run(worker.job("MountLustreClientJob", ref(mount), "unmounted", "mounted"), 1);
        assertThat(create("/mnt/scratch").path("id")).isEqualTo(mount.path("id"));
        JsonNode refused = worker.post(
                PATH,
                Map.of("host", worker.hostUri(), "filesystem", worker.filesystemUri(), "mountpoint", "/mnt/other"),
                400);
        assertThat(refused.at("/mountpoint/0").asText()).contains("another mount point");
        assertThat(worker.get(ref(mount).uri()).path("mountpoint").asText()).isEqualTo("/mnt/scratch");
    }

    @Test
    void whatAServerMountsByItselfIsLearnedAndFollowed() {
        seen("/mnt/found");
        Awaitility.await().atMost(SOON).until(() -> mounts().size() == 1);
        JsonNode mount = mounts().getFirst();
        assertThat(mount.path("state").asText()).isEqualTo("mounted");
        assertThat(mount.path("mountpoint").asText()).isEqualTo("/mnt/found");
        seen();
        worker.published(ref(mount), "unmounted");
        assertThat(worker.get(ref(mount).uri()).path("state").asText()).isEqualTo("unmounted");
    }

    @Test
    void whatWasSeenWhileAJobHeldTheMountCountsAfterwards() {
        JsonNode held = create("/mnt/scratch");
        worker.lock(ref(held), true);
        Awaitility.await().atMost(SOON).until(() -> lab.held(ref(held)));
        seen("/mnt/scratch");
        Awaitility.await().atMost(SOON).until(() -> lab.seen(worker.host().id()) == sequence);
        assertThat(worker.get(ref(held).uri()).path("state").asText()).isEqualTo("unmounted");
        worker.lock(ref(held), false);
        worker.published(ref(held), "mounted");
    }

    @Test
    void theMountsOfAServerThatIsRemovedVanish() {
        JsonNode mount = create("/mnt/scratch");
        worker.becomes("removed");
        worker.published(ref(mount), "removed");
        lab.admin().get(ref(mount).uri()).then().statusCode(404);
    }
}
