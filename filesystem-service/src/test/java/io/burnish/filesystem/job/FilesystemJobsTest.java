package io.burnish.filesystem.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs of orchestration 4.6. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class FilesystemJobsTest {

    private static final String FACTS = Topics.facts(ObjectType.FILESYSTEM);

    private final FsLab lab;
    private final String name = "fs" + FsLab.id();
    private Bus bus;
    private FsLab.NewFilesystem fs;
    private HostFact server;

    FilesystemJobsTest(FsLab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void open() {
        bus = lab.bus();
        fs = lab.create(name);
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private Dispatch.RunJob job(String jobClass, String from, String to) {
        long id = FsLab.id();
        return new Dispatch.RunJob(
                id,
                1,
                id,
                jobClass,
                ObjectRef.filesystem(fs.id()),
                jobClass + " of " + name,
                from,
                to,
                JsonNodeFactory.instance.objectNode(),
                List.of(1L),
                List.of(),
                null);
    }

    private long dispatch(Dispatch.RunJob job) {
        return bus.publish(
                ServiceName.COMMAND,
                Topics.dispatch(ServiceName.FILESYSTEM),
                job.subject().toString(),
                job);
    }

    private JobEvent.Finished awaitEnd(Dispatch.RunJob job) {
        return (JobEvent.Finished) bus.await(
                        Topics.JOB_EVENTS,
                        heard -> heard.key().equals(Long.toString(job.jobId()))
                                && heard.as(JobEvent.class) instanceof JobEvent.Finished)
                .as(JobEvent.class);
    }

    private JobEvent.Finished run(Dispatch.RunJob job) {
        dispatch(job);
        return awaitEnd(job);
    }

    private ActionCommand.Run awaitAction(Dispatch.RunJob job) {
        return (ActionCommand.Run)
                bus.await(Topics.AGENT_ACTIONS, heard -> ofJob(heard, job)).as(ActionCommand.class);
    }

    private static boolean ofJob(Bus.Heard heard, Dispatch.RunJob job) {
        return heard.as(ActionCommand.class).actionId().startsWith(job.jobId() + ".");
    }

    private long answer(ActionCommand.Run action, ActionOutcome outcome) {
        return bus.publish(
                ServiceName.HOST, Topics.AGENT_RESULTS, Long.toString(action.hostId()), result(action, outcome));
    }

    private static ActionResult result(ActionCommand.Run action, ActionOutcome outcome) {
        return new ActionResult.Finished(action.actionId(), action.hostId(), action.replyTo(), outcome, action.job());
    }

    private static ActionOutcome done() {
        return new ActionOutcome.Succeeded(null, List.of());
    }

    /** The file system is in that state; how it got there does not matter. */
    private void is(String state) {
        String[][] ways = {
            {"StartUnavailableFilesystemJob", "unavailable", "available"},
            {"StopUnavailableFilesystemJob", "unavailable", "stopped"}
        };
        for (String[] way : ways) {
            if (way[2].equals(state)) {
                assertThat(run(job(way[0], way[1], way[2])).outcome()).isEqualTo(new JobOutcome.Succeeded());
            }
        }
        assertThat(lab.state(fs.id())).isEqualTo(state);
    }

    /** The MGT in some state, on a server that sees its volume; {@code active}: it runs there. */
    private void mgt(String state, boolean active) {
        long id = FsLab.id();
        ServerProfile profile =
                new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);
        server = new HostFact(
                id,
                1,
                "managed",
                false,
                "mds1",
                "mds1",
                "mds1",
                "mds1.lab.example",
                "manual",
                profile,
                true,
                false,
                List.of(),
                List.of());
        lab.publish(
                bus,
                server,
                new VolumeFact(
                        fs.mgt().volumeId(),
                        1,
                        "disk",
                        1L << 30,
                        null,
                        true,
                        "linux",
                        List.of(
                                new VolumeFact.Node(FsLab.id(), FsLab.id(), "/dev/elsewhere", true, true),
                                new VolumeFact.Node(FsLab.id(), id, "/dev/mapper/mgt", false, true))),
                FsLab.later(fs.mgt(), 7, state, active ? Long.valueOf(id) : null));
    }

    @ParameterizedTest
    @CsvSource({
        "StartStoppedFilesystemJob, stopped, available",
        "StartUnavailableFilesystemJob, unavailable, available",
        "StopUnavailableFilesystemJob, unavailable, stopped",
        "MakeAvailableFilesystemUnavailable, available, unavailable"
    })
    void aTransitionTouchesNoServer(String jobClass, String from, String to) {
        is(from);
        Dispatch.RunJob job = job(jobClass, from, to);

        JobEvent.Finished end = run(job);

        assertThat(end.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(lab.state(fs.id())).isEqualTo(to);
        FilesystemFact change = (FilesystemFact) end.changes().getFirst();
        assertThat(change.state()).isEqualTo(to);
        FactMessage published = bus.await(
                        FACTS,
                        heard -> heard.as(FactMessage.class).fact().ref().equals(job.subject())
                                && heard.as(FactMessage.class).fact().version() == change.version())
                .as(FactMessage.class);
        assertThat(published.fact()).isEqualTo(change);
        assertThat(published.observed()).isFalse();
        assertThat(bus.soFar(Topics.AGENT_ACTIONS, Duration.ZERO)).noneMatch(heard -> ofJob(heard, job));
    }

    /** This service reads no facts of storage resources: waiting for one would be waiting for ever. */
    @Test
    void aJobDoesNotWaitForFactsThatTheServiceDoesNotFollow() {
        Dispatch.RunJob plain = job("StopUnavailableFilesystemJob", "unavailable", "stopped");
        Dispatch.RunJob resting = new Dispatch.RunJob(
                plain.jobId(),
                1,
                plain.fencingToken(),
                plain.jobClass(),
                plain.subject(),
                plain.description(),
                plain.fromState(),
                plain.toState(),
                plain.args(),
                plain.commandIds(),
                List.of(new ObjectVersion(new ObjectRef(ObjectType.STORAGE_RESOURCE, 7), 3)),
                null);
        assertThat(run(resting).outcome()).isEqualTo(new JobOutcome.Succeeded());
    }

    @Test
    void aRemovalMakesTheMgsForgetTheFileSystem() {
        is("stopped");
        mgt("mounted", true);
        Dispatch.RunJob job = job("RemoveFilesystemJob", "stopped", "removed");
        dispatch(job);

        ActionCommand.Run action = awaitAction(job);

        assertThat(action.hostId()).isEqualTo(server.id());
        assertThat(action.action()).isEqualTo("purge_configuration");
        assertThat(action.args())
                .isEqualTo(JsonNodeFactory.instance
                        .objectNode()
                        .put("mgs_device_path", "/dev/mapper/mgt")
                        .put("mgs_device_type", "linux")
                        .put("filesystem_name", name));
        assertThat(action.subject()).isEqualTo(job.subject());
        assertThat(action.fencingToken()).isEqualTo(job.fencingToken());
        assertThat(lab.state(fs.id())).isEqualTo("stopped");
        answer(action, done());
        JobEvent.Finished end = awaitEnd(job);
        assertThat(end.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(((FilesystemFact) end.changes().getFirst()).state()).isEqualTo("removed");
        lab.admin().get("/api/filesystem/" + fs.id() + "/").then().statusCode(404);
        // the MGT stays, and the name is free on it
        var form = FsLab.form(name);
        form.putObject("mgt").put("id", fs.mgt().id());
        lab.post(form).statusCode(202);
    }

    @Test
    void aRemovalThatFailsLeavesTheFileSystem() {
        is("stopped");
        mgt("mounted", true);
        Dispatch.RunJob job = job("RemoveFilesystemJob", "stopped", "removed");
        dispatch(job);
        ActionCommand.Run action = awaitAction(job);

        answer(action, new ActionOutcome.Failed("erase_lcfg: No such device", "trace", List.of()));

        JobEvent.Finished end = awaitEnd(job);
        assertThat(end.outcome())
                .isEqualTo(new JobOutcome.Failed(
                        Reason.of(Reason.Code.STEP_FAILED, job.subject(), "erase_lcfg: No such device")));
        assertThat(end.changes()).isEmpty();
        assertThat(lab.state(fs.id())).isEqualTo("stopped");
    }

    @Test
    void deliveredTwiceIsDoneOnce() {
        is("stopped");
        mgt("mounted", true);
        Dispatch.RunJob job = job("RemoveFilesystemJob", "stopped", "removed");
        long id = dispatch(job);
        bus.again(
                ServiceName.COMMAND,
                Topics.dispatch(ServiceName.FILESYSTEM),
                job.subject().toString(),
                job,
                id);
        dispatch(job);
        ActionCommand.Run action = awaitAction(job);
        long answer = answer(action, done());
        bus.again(
                ServiceName.HOST, Topics.AGENT_RESULTS, Long.toString(action.hostId()), result(action, done()), answer);
        answer(action, new ActionOutcome.Failed("a late lie", "", List.of()));
        assertThat(awaitEnd(job).outcome()).isEqualTo(new JobOutcome.Succeeded());

        // a later job of the same file system has been looked at by then
        Dispatch.RunJob later = job("StartStoppedFilesystemJob", "stopped", "available");
        assertThat(run(later).outcome()).isInstanceOf(JobOutcome.Cancelled.class);
        assertThat(bus.soFar(Topics.AGENT_ACTIONS, Duration.ofMillis(200))).noneMatch(heard -> ofJob(heard, job));
        assertThat(bus.soFar(Topics.JOB_EVENTS, Duration.ZERO))
                .noneMatch(heard -> heard.key().equals(Long.toString(job.jobId()))
                        && heard.as(JobEvent.class) instanceof JobEvent.Finished);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unformatted", "formatted"})
    void anMgtThatWasNeverStartedKnowsNothingToForget(String mgtState) {
        is("stopped");
        mgt(mgtState, false);
        Dispatch.RunJob job = job("RemoveFilesystemJob", "stopped", "removed");

        assertThat(run(job).outcome()).isEqualTo(new JobOutcome.Succeeded());

        assertThat(bus.soFar(Topics.AGENT_ACTIONS, Duration.ZERO)).noneMatch(heard -> ofJob(heard, job));
        lab.admin().get("/api/filesystem/" + fs.id() + "/").then().statusCode(404);
    }

    @Test
    void aRemovalWithoutRunningMgtDoesNotStart() {
        is("stopped");
        mgt("unmounted", false);

        JobEvent.Finished end = run(job("RemoveFilesystemJob", "stopped", "removed"));

        Reason reason = ((JobOutcome.Cancelled) end.outcome()).reason();
        assertThat(reason.code()).isEqualTo(Reason.Code.DEPENDENCY_UNMET);
        assertThat(reason.sentence()).contains("its MGT runs on no server");
        assertThat(lab.state(fs.id())).isEqualTo("stopped");
    }

    @Test
    void aForgottenFileSystemIsGoneWithoutTouchingAServer() {
        is("available");
        mgt("mounted", true);
        Dispatch.RunJob job = job("ForgetFilesystemJob", "available", "forgotten");

        assertThat(run(job).outcome()).isEqualTo(new JobOutcome.Succeeded());

        assertThat(bus.soFar(Topics.AGENT_ACTIONS, Duration.ZERO)).noneMatch(heard -> ofJob(heard, job));
        lab.admin().get("/api/filesystem/" + fs.id() + "/").then().statusCode(404);
        // news of its targets do not bring it back
        lab.publish(bus, FsLab.later(fs.mgt(), 8, "unmounted", null));
        lab.admin().get("/api/filesystem/" + fs.id() + "/").then().statusCode(404);
    }

    @Test
    void aJobForAnotherStateDoesNotStart() {
        JobEvent.Finished end = run(job("MakeAvailableFilesystemUnavailable", "available", "stopped"));

        assertThat(((JobOutcome.Cancelled) end.outcome()).reason().code()).isEqualTo(Reason.Code.WRONG_STATE);
        assertThat(lab.state(fs.id())).isEqualTo("unavailable");
    }
}
