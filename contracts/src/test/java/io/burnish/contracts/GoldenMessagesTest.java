package io.burnish.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.agent.CopytoolEvents;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.contracts.agent.report.DetectScanResult;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.fact.AlertFact;
import io.burnish.contracts.fact.AlertSubscriptionFact;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.OutletFact;
import io.burnish.contracts.fact.PowerDeviceFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.fact.UserFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON form of messages is what two versions of Burnish agree on during an update: it changes only on purpose. */
class GoldenMessagesTest {

    private static final Instant AT = Instant.parse("2026-03-02T08:20:10.311Z");

    static Stream<Arguments> messages() {
        ObjectNode args = JsonNodeFactory.instance.objectNode().put("ha_label", "scratch-OST0000_8f3c1a");
        ActionCommand.JobStep step = new ActionCommand.JobStep(31, 1, 0, 1, 12L);
        ServerProfile profile = new ServerProfile(
                "base_managed_rh7", "Managed Storage Server", true, false, "managed", false, true, true, true);
        return Stream.of(
                Arguments.of(
                        "fact-host",
                        new FactMessage(
                                new HostFact(
                                        1,
                                        7,
                                        "managed",
                                        false,
                                        "oss1",
                                        "oss1.lab.example",
                                        "oss1",
                                        "oss1.lab.example",
                                        "manual",
                                        profile,
                                        true,
                                        false,
                                        List.of(2L),
                                        List.of()),
                                JsonNodeFactory.instance.objectNode().put("id", 1))),
                Arguments.of(
                        "fact-lnet",
                        new FactMessage(
                                new LnetFact(
                                        1,
                                        3,
                                        "lnet_up",
                                        false,
                                        "lnet configuration",
                                        1,
                                        List.of(new Nid("10.0.0.1", "tcp", 0))),
                                null)),
                Arguments.of(
                        "fact-volume",
                        new FactMessage(
                                new VolumeFact(
                                        4,
                                        2,
                                        "3600140512345",
                                        10737418240L,
                                        null,
                                        true,
                                        "linux",
                                        List.of(new VolumeFact.Node(9, 1, "/dev/disk/by-id/a", true, true))),
                                null)),
                Arguments.of(
                        "fact-target",
                        new FactMessage(
                                new TargetFact(
                                        3,
                                        5,
                                        "mounted",
                                        false,
                                        "scratch-OST0000",
                                        TargetKind.OST,
                                        0,
                                        1L,
                                        4,
                                        "scratch-OST0000_8f3c1a",
                                        1L,
                                        List.of(new TargetFact.Mount(5, 1, 9, true)),
                                        0,
                                        0),
                                null)),
                Arguments.of(
                        "fact-corosync",
                        new FactMessage(
                                new CorosyncFact(
                                        1, 3, "started", false, "corosync2 configuration", 1, true, 4242, false, true),
                                null)),
                Arguments.of("fact-user", new FactMessage(new UserFact(3, 2, "olga", "olga@lab.example", true), null)),
                Arguments.of(
                        "fact-alert",
                        new FactMessage(
                                new AlertFact(
                                        12,
                                        2,
                                        ObjectType.STORAGE_RESOURCE,
                                        9,
                                        "ctl0",
                                        "Controller failed",
                                        false,
                                        Instant.parse("2026-03-02T08:20:10Z"),
                                        Instant.parse("2026-03-02T09:00:00Z")),
                                null)),
                Arguments.of("fact-alert-subscription", new FactMessage(new AlertSubscriptionFact(5, 1, 3, 80), null)),
                Arguments.of("fact-power-device", new FactMessage(new PowerDeviceFact(1, 4, "pdu1", false), null)),
                Arguments.of("fact-outlet", new FactMessage(new OutletFact(7, 2, "10.0.3.1", 1L, true), null)),
                Arguments.of(
                        "fact-storage-resource",
                        new FactMessage(
                                new StorageResourceFact(
                                        9,
                                        3,
                                        "Controller",
                                        "ctl0",
                                        true,
                                        false,
                                        List.of(new StorageResourceFact.Condition(
                                                "_1_status_40", "status", 40, "Controller failed")),
                                        List.of(4L)),
                                null)),
                Arguments.of(
                        "fact-filesystem",
                        new FactMessage(
                                new FilesystemFact(1, 5, "available", false, "scratch", 9, Map.of("sys.timeout", "20")),
                                null)),
                Arguments.of(
                        "detection",
                        new Detection(List.of(new Detection.ServerScan(
                                1,
                                new DetectScanResult(
                                        List.of(new DetectScanResult.LocalTarget(
                                                "fs1-OST0000",
                                                "5b3c",
                                                Map.of("mgsnode", List.of("192.0.2.11@tcp")),
                                                List.of("/dev/sdb"),
                                                true,
                                                "linux")),
                                        Map.of(
                                                "fs1",
                                                List.of(
                                                        new DetectScanResult.MgsTarget(
                                                                "fs1-MDT0000_UUID",
                                                                "fs1-MDT0000",
                                                                "192.0.2.12@tcp")))))))),
                Arguments.of("usage", new FilesystemUsage(1, 1772439610311L, 4.0e12, 1.5e12, 8.0e6, null, 12.0)),
                Arguments.of("lock", new LockFact(ObjectRef.target(3), 4, List.of(7L), List.of(8L))),
                Arguments.of(
                        "dispatch-run",
                        new Dispatch.RunJob(
                                31,
                                1,
                                77,
                                "StartTargetJob",
                                ObjectRef.target(3),
                                "Start target scratch-OST0000",
                                "unmounted",
                                "mounted",
                                JsonNodeFactory.instance.objectNode(),
                                List.of(12L),
                                List.of(new ObjectVersion(new ObjectRef(ObjectType.LNET_CONFIGURATION, 1), 3)),
                                null)),
                Arguments.of(
                        "dispatch-cancel",
                        new Dispatch.CancelJob(
                                31,
                                1,
                                ObjectRef.target(3),
                                new Reason(
                                        Reason.Code.CANCELLED_BY_USER,
                                        null,
                                        "admin",
                                        null,
                                        "Cancelled by user admin."))),
                Arguments.of(
                        "job-event-finished",
                        new JobEvent.Finished(
                                31,
                                1,
                                AT,
                                new JobOutcome.Failed(Reason.of(
                                        Reason.Code.STEP_FAILED, ObjectRef.target(3), "Mounting failed on oss1.")),
                                List.of())),
                Arguments.of(
                        "job-event-step-started",
                        new JobEvent.StepStarted(
                                31, 1, AT, 0, 1, 2, "MountOrImportStep", "Mounting target on node oss1", args)),
                Arguments.of(
                        "action-run",
                        new ActionCommand.Run(
                                "31.1.0.1.start",
                                1,
                                ServiceName.TARGET,
                                "start_target",
                                args,
                                1200,
                                ObjectRef.target(3),
                                77,
                                step)),
                Arguments.of(
                        "action-result",
                        new ActionResult.Finished(
                                "31.1.0.1.start",
                                1,
                                ServiceName.TARGET,
                                new ActionOutcome.Succeeded(
                                        JsonNodeFactory.instance.textNode("oss1"),
                                        List.of(new ActionOutcome.CommandRecord(
                                                List.of("crm_mon", "-1", "-r"), 0, "ok\n", ""))),
                                step)),
                Arguments.of(
                        "observation",
                        new Observation.ResourceLocations(
                                1, "e1", 5, AT, Map.of("scratch-OST0000_8f3c1a", new Observation.NodeName("oss1")))),
                Arguments.of(
                        "copytool-events",
                        new CopytoolEvents(
                                7,
                                2,
                                "31",
                                "m1",
                                5,
                                List.of(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("event_type", "REGISTER")
                                        .put("event_time", "2026-03-02 08:20:10+00:00")
                                        .put("uuid", "7f0e5a52")))),
                Arguments.of(
                        "to-agent-run",
                        new ToAgent.RunAction("31.1.0.1.start", "start_target", args, 1200, null, 0, step)),
                Arguments.of("to-agent-samples-stored", new ToAgent.SamplesStored(6)),
                Arguments.of("to-agent-logs-stored", new ToAgent.LogsStored(7)),
                Arguments.of(
                        "from-agent-hello",
                        new FromAgent.Hello(
                                1, "1.0.0", "oss1.lab.example", "oss1", "e1", "b1", AT, List.of("31.1.0.1.start"))),
                Arguments.of(
                        "samples",
                        new SampleBatch(
                                1,
                                "e1",
                                6,
                                AT,
                                List.of(new SampleBatch.Sample(
                                        "scratch-OST0000", "kbytesfree", SampleBatch.SeriesType.GAUGE, 1418841)))),
                Arguments.of(
                        "logs",
                        new LogBatch(
                                1,
                                "oss1.lab.example",
                                "e1",
                                7,
                                List.of(
                                        new LogBatch.Line(AT, 4, 0, "kernel", "Lustre: mounted"),
                                        new LogBatch.Line(AT, 6, 4, "posix-scratch-1-0", "archived", true)))),
                Arguments.of(
                        "command-request",
                        new CommandRequest(
                                "k1",
                                null,
                                List.of(new CommandRequest.Want(ObjectRef.filesystem(1), "stopped")),
                                List.of(),
                                List.of(),
                                "admin")),
                Arguments.of(
                        "dry-run-report",
                        new DryRun.Report(
                                new DryRun.Job("StopLNetJob", "Stop LNet on oss1.", false, null, 4, 162),
                                List.of(
                                        new DryRun.Job("StopTargetJob", "Stop target MGS", true, null, 9, 84),
                                        new DryRun.Job(
                                                "RemoveHostJob",
                                                "Remove host oss1 from configuration",
                                                false,
                                                "Removes this server.",
                                                1,
                                                59)))),
                Arguments.of("dry-run-nothing", new DryRun.Report(null, List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void writesAndReadsTheGoldenForm(String name, Object message) throws IOException {
        String golden = golden(name);
        assertThat(ContractJson.mapper().readTree(ContractJson.text(message)))
                .isEqualTo(ContractJson.mapper().readTree(golden));
        assertThat(ContractJson.read(golden, message.getClass())).isEqualTo(message);
    }

    @Test
    void ignoresWhatANewerSenderAdds() {
        Dispatch read = ContractJson.read("""
                {"kind":"cancel","jobId":1,"attempt":1,"subject":"host:2","priority":"high"}""", Dispatch.class);
        assertThat(read).isEqualTo(new Dispatch.CancelJob(1, 1, ObjectRef.host(2), null));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenMessagesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(in).as("golden file of " + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
