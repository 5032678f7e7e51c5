package io.burnish.host.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.report.DetectScanResult;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.lab.FilesystemNeighbour;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.host.registration.ApiClient;
import io.burnish.kit.security.Level;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.Jobs;
import io.burnish.testsupport.Neighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that concern several servers, updates, and the change of Corosync's port (orchestration 4.1, 4.4). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(FilesystemNeighbour.class)
class ServerJobsTest {

    private final ApiClient api;
    private final Servers servers;
    private final String kafka;
    private Servers.Server one;
    private Servers.Server two;
    private Bus bus;

    ServerJobsTest(ApiClient api, Servers servers, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.api = api;
        this.servers = servers;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        one = servers.managed();
        two = servers.managed();
        bus = new Bus(kafka, List.of(Topics.JOB_EVENTS, Topics.AGENT_ACTIONS));
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private ObjectNode both() {
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.putArray("host_ids").add(one.id()).add(two.id());
        return args;
    }

    private Transcript run(String jobClass, ObjectRef subject, ObjectNode args, Jobs.Agent agent) {
        return new Jobs(bus, Map.of(one.id(), "one", two.id(), "two")).run(Jobs.job(jobClass, subject, args), agent);
    }

    @Test
    void completeReportsAreTriggeredOnAllServersNamed() {
        ObjectNode args = both();
        args.putArray("plugin_names").add("linux");

        Transcript transcript = run(
                "TriggerPluginUpdatesJob",
                ObjectRef.host(0),
                args,
                action -> new ActionOutcome.Succeeded(null, List.of()));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actions())
                .extracting(ActionCommand.Run::hostId)
                .containsExactlyInAnyOrder(one.id(), two.id());
        assertThat(transcript.actions())
                .allSatisfy(action -> assertThat(action.args().toString()).isEqualTo("{\"plugin_names\":[\"linux\"]}"));
    }

    @Test
    void aServerThatIsNotReachedFailsTheTriggerByName() {
        Transcript transcript = run(
                "TriggerPluginUpdatesJob",
                ObjectRef.host(0),
                both(),
                action -> action.hostId() == one.id()
                        ? new ActionOutcome.Succeeded(null, List.of())
                        : new ActionOutcome.Unreachable("Could not contact server"));

        assertThat(((JobOutcome.Failed) transcript.outcome()).reason().sentence())
                .contains(two.fqdn())
                .doesNotContain(one.fqdn());
    }

    @Test
    void devicesOfTheServersThatAnswerAreLearned() {
        Transcript transcript = run(
                "UpdateDevicesJob",
                ObjectRef.host(0),
                both(),
                action -> action.hostId() == one.id()
                        ? new ActionOutcome.Succeeded(ContractJson.read("{\"linux\": {}}", JsonNode.class), List.of())
                        : new ActionOutcome.Failed("no lsblk", null, List.of()));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actionNames()).containsExactly("device_plugin", "device_plugin");
        assertThat(transcript.actions())
                .allSatisfy(action -> assertThat(action.args().toString()).isEqualTo("{\"plugin\":\"linux\"}"));
        assertThat(servers.devicesKnown(one.id())).isTrue();
        assertThat(servers.devicesKnown(two.id())).isFalse();
    }

    private static final String DEVICES = """
        {"linux": {"devs": {"8:16": {"major_minor": "8:16", "path": "/dev/disk/by-id/scsi-%1$s", "paths": ["/dev/disk/by-id/scsi-%1$s"],
        "serial_80": null, "serial_83": "%1$s", "size": 10737418240, "filesystem_type": "ext4", "device_type": "disk",
        "device_path": "/devices/b", "partition_number": null, "is_ro": false, "parent": null}}}}\
        """;
    private static final String SCAN = """
        {"target_devices_saved_timestamp": "2026-03-02 08:30:00.001", "local_targets": [{"name": "MGS", "uuid": "u-1", "params": {},
        "device_paths": ["/dev/sdb"], "mounted": true, "type": "linux"}], "mgs_targets": {}}\
        """;

    private ActionOutcome scanned(ActionCommand.Run action) {
        String json = action.action().equals("device_plugin") ? DEVICES.formatted(one.fqdn()) : SCAN;
        return new ActionOutcome.Succeeded(ContractJson.read(json, JsonNode.class), List.of());
    }

    @Test
    void devicesAreScannedForTargetsAndTheirOwnerIsToldWhatWasFound() {
        Transcript transcript = run(
                "DetectTargetsJob",
                ObjectRef.host(0),
                both(),
                action -> action.hostId() == one.id()
                        ? scanned(action)
                        : new ActionOutcome.Unreachable("Could not contact server"));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actionNames())
                .containsExactly("device_plugin", "device_plugin", "detect_scan", "detect_scan");
        assertThat(transcript.actions().stream()
                        .filter(action -> action.hostId() == one.id())
                        .toList()
                        .getLast()
                        .args()
                        .toString())
                .isEqualTo(
                        "{\"target_devices\":[{\"path\":\"/dev/disk/by-id/scsi-%s\",\"type\":\"linux\",\"uuid\":null}]}"
                                .formatted(one.fqdn()));
        assertThat(FilesystemNeighbour.last())
                .isEqualTo(new Detection(List.of(new Detection.ServerScan(
                        one.id(),
                        new DetectScanResult(
                                List.of(new DetectScanResult.LocalTarget(
                                        "MGS", "u-1", Map.of(), List.of("/dev/sdb"), true, "linux")),
                                Map.of())))));
        assertThat(transcript.step(1).log())
                .contains(two.fqdn() + " could not be scanned: Could not contact server")
                .contains("Looked at 1 servers");
    }

    @Test
    void withoutAnyServerThatAnswersNothingIsDetected() {
        Transcript transcript = run(
                "DetectTargetsJob",
                ObjectRef.host(0),
                both(),
                action -> new ActionOutcome.Unreachable("Could not contact server"));

        assertThat(((JobOutcome.Failed) transcript.outcome()).reason().sentence())
                .isEqualTo("No server could be scanned for Lustre targets. The log of this step says why.");
    }

    @Test
    void aDetectionThatNobodyTakesFailsWithTheReason() {
        FilesystemNeighbour.mood(Neighbour.Mood.AWAY);
        try {
            Transcript transcript = run("DetectTargetsJob", ObjectRef.host(0), both(), this::scanned);

            assertThat(((JobOutcome.Failed) transcript.outcome()).reason().sentence())
                    .contains("What the servers found was not stored: The filesystem-service is not available.");
        } finally {
            FilesystemNeighbour.mood(Neighbour.Mood.ANSWER);
        }
    }

    private static JsonNode packages(String installed) {
        return ContractJson.read("""
                {"iml-agent": {"chroma-agent": {"available": [{"epoch": "0", "version": "4.0.10", "release": "1.el8", "arch": "noarch"}],
                    "installed": [{"epoch": "0", "version": "4.0.10", "release": "1.el8", "arch": "noarch"}]}},
                "lustre": {"lustre": {"available": [
                        {"epoch": "0", "version": "2.15.5", "release": "1.el8", "arch": "x86_64"},
                        {"epoch": "0", "version": "2.15.6", "release": "1.el8", "arch": "x86_64"}],
                    "installed": [{"epoch": "0", "version": "%s", "release": "1.el8", "arch": "x86_64"}]}}}""".formatted(installed), JsonNode.class);
    }

    private boolean needsUpdate(Servers.Server server) {
        return api.as(Level.USER)
                .get("/api/host/%d/".formatted(server.id()))
                .then()
                .extract()
                .path("needs_update");
    }

    private List<String> listed(Servers.Server server) {
        String uri = "/api/host/%d/".formatted(server.id());
        return api
                .as(Level.USER)
                .get("/api/package/?limit=0&order_by=name&host=" + server.id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<Map<String, Object>>getList("objects")
                .stream()
                .map(one -> "%s %s%s%s"
                        .formatted(
                                one.get("name"),
                                one.get("version"),
                                ((List<?>) one.get("installed_hosts")).contains(uri) ? " installed" : "",
                                ((List<?>) one.get("available_hosts")).contains(uri) ? " available" : ""))
                .sorted()
                .toList();
    }

    @Test
    void anUpdateBringsTheServerToWhatItsRepositoriesOffer() {
        servers.report(one.id(), "packages", "{\"packages\": %s}".formatted(packages("2.15.5")));
        servers.report(two.id(), "packages", "{\"packages\": %s}".formatted(packages("2.15.6")));
        assertThat(needsUpdate(one)).isTrue();
        assertThat(needsUpdate(two)).isFalse();
        assertThat(listed(one))
                .containsExactly(
                        "chroma-agent 4.0.10 installed available",
                        "lustre 2.15.5 installed available",
                        "lustre 2.15.6 available");
        // repositories that do not answer take nothing back
        servers.report(one.id(), "packages", "{}");
        assertThat(listed(one)).hasSize(3);

        servers.state(servers.configuration(ObjectType.PACEMAKER_CONFIGURATION, one.id()), "started");
        Transcript transcript =
                run("UpdateJob", ObjectRef.host(one.id()), JsonNodeFactory.instance.objectNode(), this::updating);

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actionNames())
                .containsExactly(
                        "install_packages",
                        "restart_agent",
                        "enable_pacemaker",
                        "start_pacemaker",
                        "configure_repo",
                        "install_packages",
                        "restart_agent",
                        "enable_pacemaker",
                        "start_pacemaker",
                        "kernel_status");
        assertThat(transcript.actions().getFirst().args().toString())
                .isEqualTo("{\"repos\":[\"iml-agent\"],\"packages\":[\"chroma-agent\"]}");
        assertThat(transcript.actions().get(5).args().toString())
                .isEqualTo("{\"repos\":[\"iml-agent\",\"lustre\",\"e2fsprogs\"],\"packages\":"
                        + "[\"chroma-agent-management\",\"kernel-devel-lustre\",\"lustre-ldiskfs-zfs\"]}");
        assertThat(transcript
                        .action("configure_repo")
                        .args()
                        .path("file_contents")
                        .asText())
                .contains(
                        "[lustre]\nname=lustre\nbaseurl=https://packages.example/lustre/$releasever/\n", "[robinhood]")
                .doesNotContain("external");
        assertThat(needsUpdate(one)).isFalse();
        assertThat(listed(one)).contains("lustre 2.15.5 available", "lustre 2.15.6 installed available");
    }

    private ActionOutcome updating(ActionCommand.Run action) {
        return switch (action.action()) {
            case "install_packages" -> new ActionOutcome.Succeeded(packages("2.15.6"), List.of());
            case "restart_agent" -> {
                servers.reconnected(action.hostId());
                yield new ActionOutcome.Succeeded(null, List.of());
            }
            case "kernel_status" ->
                new ActionOutcome.Succeeded(
                        ContractJson.read(
                                "{\"running\": \"kernel-1\", \"required\": \"kernel-1\", \"available\": [\"kernel-1\"]}",
                                JsonNode.class),
                        List.of());
            default -> new ActionOutcome.Succeeded(null, List.of());
        };
    }

    @Test
    void packagesAreListedOnlyAndByServersThatAreKnown() {
        assertThat(api.as(Level.USER).get("/api/package/1/").statusCode()).isEqualTo(405);
        assertThat(api.as(Level.USER).get("/api/package/?host=one").statusCode())
                .isEqualTo(400);
        assertThat(api.as(Level.USER).get("/api/package/?name=lustre").statusCode())
                .isEqualTo(400);
    }

    @Test
    void thePortOfCorosyncChangesOnTheServerAndThenHere() {
        ObjectRef corosync = servers.corosync(one, 4242);

        Transcript transcript = run(
                "ConfigureCorosync2Job",
                corosync,
                JsonNodeFactory.instance.objectNode().put("mcast_port", 5000),
                action -> new ActionOutcome.Succeeded(null, List.of()));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.action("change_mcast_port").args().toString())
                .isEqualTo("{\"old_mcast_port\":4242,\"new_mcast_port\":5000}");
        assertThat(api.as(Level.USER)
                        .get("/api/corosync_configuration/%d/".formatted(corosync.id()))
                        .then()
                        .extract()
                        .<Integer>path("mcast_port"))
                .isEqualTo(5000);
    }
}
