package io.burnish.target.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.kit.execution.JobExecution;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.target.lab.Agents;
import io.burnish.target.lab.JobLab;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that fail, are refused, cancelled or delivered twice: the target stays what it was, and somebody is told why. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class JobEndsTest {

    private static final String OST = "scratch-OST0000";
    private static Pair shared;

    private final Lab lab;
    private final String kafka;
    private final Database database;
    private final Neighbours neighbours;
    private final JobExecution execution;
    private final JobLab.Agent obedient = Agents.obedient(OST, "oss2.lab.example");
    private Pair pair;

    JobEndsTest(
            Lab lab,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka,
            Database database,
            Neighbours neighbours,
            JobExecution execution) {
        this.lab = lab;
        this.kafka = kafka;
        this.database = database;
        this.neighbours = neighbours;
        this.execution = execution;
    }

    @BeforeEach
    void open() {
        if (shared == null) {
            shared = new Pair(lab, kafka);
        }
        pair = shared;
    }

    /** For tests that change the servers. */
    private void ownPair() {
        pair = new Pair(lab, kafka);
    }

    @AfterEach
    void close() {
        if (pair != shared) {
            pair.close();
        }
    }

    @AfterAll
    static void closeShared() {
        shared.close();
    }

    private static Dispatch.RunJob format(long target) {
        return JobLab.transition("FormatTargetJob", target, "unformatted", "formatted");
    }

    private static Dispatch.RunJob register(long target) {
        return JobLab.transition("RegisterTargetJob", target, "formatted", "registered");
    }

    private static Dispatch.RunJob start(long target) {
        return JobLab.transition("StartTargetJob", target, "unmounted", "mounted");
    }

    private static Dispatch.RunJob stop(long target) {
        return JobLab.transition("StopTargetJob", target, "mounted", "unmounted");
    }

    private String state(long target) {
        return lab.show(target).get("state").asText();
    }

    private static Reason failure(Transcript transcript) {
        assertThat(transcript.outcome()).as(transcript.toString()).isInstanceOf(JobOutcome.Failed.class);
        assertThat(transcript.end().changes()).isEmpty();
        return ((JobOutcome.Failed) transcript.outcome()).reason();
    }

    private static Reason refusal(Transcript transcript) {
        assertThat(transcript.outcome()).as(transcript.toString()).isInstanceOf(JobOutcome.Cancelled.class);
        assertThat(transcript.actions()).isEmpty();
        return ((JobOutcome.Cancelled) transcript.outcome()).reason();
    }

    @Test
    void anOccupiedDeviceIsNotFormatted() {
        long ost = pair.ost("unformatted");

        Transcript transcript = pair.jobs()
                .run(
                        format(ost),
                        Agents.but(obedient, "check_block_device", Agents.failed("Filesystem found: type 'ext4'")));

        assertThat(failure(transcript).code()).isEqualTo(Reason.Code.STEP_FAILED);
        assertThat(failure(transcript).sentence()).isEqualTo("Filesystem found: type 'ext4'");
        assertThat(failure(transcript).object()).isEqualTo(ObjectRef.target(ost));
        assertThat(transcript.actionNames()).doesNotContain("format_target");
        assertThat(transcript.step(1).success()).isFalse();
        assertThat(transcript.step(1).backtrace()).isEqualTo("trace of Filesystem found: type 'ext4'");
        assertThat(state(ost)).isEqualTo("unformatted");
        // nothing was written, so the next attempt has to look again
        assertThat(pair.jobs().run(format(ost), obedient).actionNames()).contains("check_block_device");
    }

    @Test
    void aFormatThatFailedCanBeRepeatedOverItsOwnRemains() {
        long ost = pair.ost("unformatted");
        assertThat(failure(pair.jobs()
                                .run(format(ost), Agents.but(obedient, "format_target", Agents.failed("mkfs died"))))
                        .sentence())
                .isEqualTo("mkfs died");

        Transcript again = pair.jobs().run(format(ost), obedient);

        assertThat(again.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(again.actionNames()).doesNotContain("check_block_device");
        assertThat(again.action("format_target").args().get("reformat").asBoolean())
                .isTrue();
    }

    @Test
    void aFormatWithAnotherInodeCountThanRequestedFails() {
        long ost = lab.create(JsonNodeFactory.instance
                .objectNode()
                .put("kind", "OST")
                .put("volume_id", pair.diskOfTwo().id())
                .put("filesystem_id", pair.filesystem().id())
                .put("inode_count", 1000));

        Transcript transcript = pair.jobs().run(format(ost), obedient);

        assertThat(failure(transcript).sentence()).contains(OST, "inode count 327680", "1000");
        assertThat(state(ost)).isEqualTo("unformatted");
        assertThat(lab.show(ost).get("uuid").isNull()).isTrue();
    }

    @Test
    void aTargetRegisteredUnderAnotherNameIsNoSuccess() {
        long ost = pair.ost("formatted");

        Transcript transcript = pair.jobs()
                .run(
                        register(ost),
                        Agents.but(
                                obedient,
                                "register_target",
                                Agents.obedient("scratch-OST0007", "").run(action("register_target"))));

        assertThat(failure(transcript).sentence()).contains("scratch-OST0007", OST);
        assertThat(state(ost)).isEqualTo("formatted");
        assertThat(lab.show(ost).get("ha_label").isNull()).isTrue();
    }

    private static ActionCommand.Run action(String name) {
        return new ActionCommand.Run("", 0, ServiceName.TARGET, name, null, 0, null, 0, null);
    }

    @Test
    void nothingRegistersWhileTheMgsRunsOnItsFailoverServer() {
        ownPair();
        FilesystemFact filesystem = pair.filesystem();
        long ost = lab.target("OST", pair.diskOfTwo(), filesystem);
        pair.bring(ost, OST, "formatted", pair.two());
        pair.jobs().run(JobLab.move("FailoverTargetJob", filesystem.mgtId()), obedient);

        Reason reason = refusal(pair.jobs().run(register(ost), obedient));

        assertThat(reason.code()).isEqualTo(Reason.Code.DEPENDENCY_UNMET);
        assertThat(reason.object()).isEqualTo(ObjectRef.target(filesystem.mgtId()));
        assertThat(state(ost)).isEqualTo("formatted");
    }

    @Test
    void aServerWithoutNidRefusesTheFormatBeforeAnythingIsTouched() {
        HostFact bare = lab.server(pair.bus(), "bare", null);
        FilesystemFact filesystem = pair.filesystem();
        long ost = lab.target("OST", lab.volume(pair.bus(), "linux", "/dev/sdx", pair.two(), bare), filesystem);

        Reason reason = refusal(pair.jobs().run(format(ost), obedient));

        assertThat(reason.object()).isEqualTo(ObjectRef.host(bare.id()));
        assertThat(reason.sentence()).contains("bare.lab.example has no NID");
    }

    @Test
    void aTargetStartsOnItsOtherServerWhileTheFirstIsOutOfContact() {
        ownPair();
        long ost = pair.ost("unmounted");
        lab.publish(pair.bus(), Lab.host(pair.two().id(), 2, "oss2", false));

        Transcript transcript = pair.jobs()
                .run(
                        start(ost),
                        Agents.on(
                                pair.two().id(),
                                any -> Agents.unreachable("oss2.lab.example"),
                                Agents.obedient(OST, "oss1")));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.action("start_target").hostId())
                .isEqualTo(pair.one().id());
        assertThat(transcript.step(0).log()).contains("Could not contact server oss2.lab.example");
        assertThat(lab.show(ost).get("active_host_name").asText()).isEqualTo("oss1.lab.example");
    }

    @Test
    void noServerInContactMeansNoStart() {
        ownPair();
        long ost = pair.ost("unmounted");
        lab.publish(pair.bus(), Lab.host(pair.one().id(), 2, "oss1", false));
        lab.publish(pair.bus(), Lab.host(pair.two().id(), 2, "oss2", false));

        assertThat(refusal(pair.jobs().run(start(ost), obedient)).sentence()).isEqualTo("No hosts online for " + OST);
        assertThat(state(ost)).isEqualTo("unmounted");
    }

    @Test
    void aTargetThatStartsOnAnUnknownServerIsNotMounted() {
        long ost = pair.ost("unmounted");

        Transcript transcript = pair.jobs().run(start(ost), Agents.obedient(OST, "stranger"));

        assertThat(failure(transcript).sentence()).contains("stranger", OST);
        assertThat(state(ost)).isEqualTo("unmounted");
        assertThat(lab.show(ost).get("active_host").isNull()).isTrue();
    }

    @Test
    void aServerThatDoesNotLetGoOfTheDeviceFailsTheStart() {
        long ost = pair.ost("unmounted");

        Transcript transcript =
                pair.jobs().run(start(ost), Agents.on(pair.one().id(), any -> Agents.failed("pool is busy"), obedient));

        assertThat(failure(transcript).sentence()).contains(OST, "oss1.lab.example", "pool is busy");
        assertThat(transcript.actionNames()).containsExactly("export_target");
    }

    @Test
    void aStopThatFailsLeavesTheTargetWhereItRuns() {
        long ost = pair.ost("mounted");

        Transcript transcript =
                pair.jobs().run(stop(ost), Agents.but(obedient, "stop_target", Agents.failed("still running")));

        assertThat(failure(transcript).sentence()).isEqualTo("still running");
        assertThat(state(ost)).isEqualTo("mounted");
        assertThat(lab.show(ost).get("active_host_name").asText()).isEqualTo("oss2.lab.example");
    }

    @Test
    void aJobForAnotherStateDoesNotStart() {
        long ost = pair.ost("formatted");

        assertThat(refusal(pair.jobs().run(start(ost), obedient)).code()).isEqualTo(Reason.Code.WRONG_STATE);
        assertThat(state(ost)).isEqualTo("formatted");
    }

    @Test
    void aJobWhoseStateIsReachedAlreadySucceedsWithoutTouchingAServer() {
        long ost = pair.ost("formatted");

        Transcript transcript = pair.jobs().run(format(ost), obedient);

        assertThat(transcript.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actions()).isEmpty();
    }

    @Test
    void aCancelledJobEndsWhenItsActionHasEnded() {
        long ost = pair.ost("unmounted");
        Dispatch.RunJob job = start(ost);
        pair.jobs().dispatch(job);
        ActionCommand.Run export = pair.jobs().awaitAction(job);
        Reason why = new Reason(Reason.Code.CANCELLED_BY_USER, job.subject(), "admin", null, "admin cancelled it.");

        pair.jobs().dispatch(new Dispatch.CancelJob(job.jobId(), 1, job.subject(), why));

        ActionCommand cancel = pair.bus()
                .await(Topics.AGENT_ACTIONS, heard -> JobLab.concerns(heard, job.jobId()))
                .as(ActionCommand.class);
        assertThat(cancel).isEqualTo(new ActionCommand.Cancel(export.actionId(), export.hostId()));
        pair.jobs().answer(export, new ActionOutcome.Cancelled("told to stop", List.of()));
        Transcript transcript = pair.jobs().follow(job, Agents::silent);
        assertThat(transcript.outcome()).isEqualTo(new JobOutcome.Cancelled(why));
        assertThat(transcript.end().changes()).isEmpty();
        assertThat(state(ost)).isEqualTo("unmounted");
    }

    @Test
    void deliveredTwiceIsDoneOnce() {
        long ost = pair.ost("mounted");
        Dispatch.RunJob job = stop(ost);
        String key = job.subject().toString();
        String dispatch = Topics.dispatch(ServiceName.TARGET);
        long id = pair.jobs().dispatch(job);
        pair.bus().again(ServiceName.COMMAND, dispatch, key, job, id);
        ActionCommand.Run first = pair.jobs().awaitAction(job);
        long answer = pair.jobs().answer(first, Agents.succeeded(null));
        // by the broker under its id, and by the hub as a new message
        pair.bus()
                .again(
                        ServiceName.HOST,
                        Topics.AGENT_RESULTS,
                        Long.toString(first.hostId()),
                        JobLab.result(first, Agents.succeeded(null)),
                        answer);
        pair.jobs().answer(first, Agents.failed("a late lie"));

        Transcript transcript = pair.jobs().follow(job, obedient);

        assertThat(transcript.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actionNames()).containsExactly("export_target", "export_target");
        assertNothingMoreOf(job, ost);
    }

    @Test
    void anOlderAttemptThanTheLastOneIsIgnored() {
        long ost = pair.ost("mounted");
        long jobId = Lab.id();
        Dispatch.RunJob second = JobLab.job("StopTargetJob", ost, "mounted", "unmounted", 2, jobId);
        Transcript transcript = pair.jobs().run(second, obedient);
        assertThat(transcript.actions()).allSatisfy(action -> {
            assertThat(action.actionId()).startsWith(jobId + ".2.");
            assertThat(action.fencingToken()).isEqualTo(second.fencingToken());
            assertThat(action.subject()).isEqualTo(second.subject());
        });

        pair.jobs().dispatch(JobLab.job("StopTargetJob", ost, "mounted", "unmounted", 1, jobId));
        // a result for a call that belongs to no attempt that runs
        pair.jobs().answer(transcript.action("stop_target"), Agents.failed("too late"));

        assertNothingMoreOf(second, ost);
    }

    /** Another job of the same target has passed through the same partitions by then. */
    private void assertNothingMoreOf(Dispatch.RunJob job, long ost) {
        long version = version(ost);
        assertThat(pair.jobs().run(start(ost), obedient).outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(version(ost)).isEqualTo(version + 1);
        assertThat(pair.bus().soFar(Topics.JOB_EVENTS, Duration.ofMillis(200)))
                .noneMatch(heard -> JobLab.concerns(heard, job.jobId()));
        assertThat(pair.bus().soFar(Topics.AGENT_ACTIONS, Duration.ZERO))
                .noneMatch(heard -> JobLab.concerns(heard, job.jobId()));
    }

    private long version(long target) {
        return pair.bus().soFar(Topics.facts(ObjectType.TARGET), Duration.ofMillis(200)).stream()
                .map(heard -> heard.as(FactMessage.class).fact())
                .filter(fact -> fact.ref().equals(ObjectRef.target(target)))
                .mapToLong(fact -> fact.version())
                .max()
                .orElseThrow();
    }

    @Test
    void aJobWaitsUntilTheServiceKnowsWhatTheDecisionRestedOn() {
        ownPair();
        long ost = pair.ost("unmounted");
        HostFact news = Lab.host(pair.one().id(), 7, "oss1", true);
        Dispatch.RunJob job = restingOn(new ObjectVersion(news.ref(), 7), start(ost));
        pair.jobs().dispatch(job);
        // a later job of the same target has been looked at by then
        assertThat(refusal(pair.jobs().run(register(ost), obedient)).code()).isEqualTo(Reason.Code.WRONG_STATE);
        assertThat(pair.bus().soFar(Topics.AGENT_ACTIONS, Duration.ofMillis(200)))
                .noneMatch(heard -> JobLab.concerns(heard, job.jobId()));

        lab.publish(pair.bus(), news);

        assertThat(pair.jobs().follow(job, obedient).outcome()).isEqualTo(new JobOutcome.Succeeded());
    }

    @Test
    void aJobThatBeginsToWaitWhileWhatItWaitsForIsBeingStoredIsStarted() throws Exception {
        ownPair();
        long ost = pair.ost("unmounted");
        HostFact news = Lab.host(pair.one().id(), 7, "oss1", true);
        Dispatch.RunJob job = restingOn(new ObjectVersion(news.ref(), 7), start(ost));
        CountDownLatch stored = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread writer = Thread.ofVirtual()
                .start(() -> database.run(tx -> {
                    neighbours.learn(tx, List.of(news));
                    execution.factsChanged(tx, Set.of(news.ref()));
                    stored.countDown();
                    awaitQuietly(release);
                }));
        stored.await();
        pair.jobs().dispatch(job);
        // the job has looked: it waits for its turn, or has gone to sleep without having seen the news
        await().until(() -> database.transaction(tx -> tx.one(
                        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"
                                + " OR EXISTS (SELECT 1 FROM job_run WHERE job_id = $1)",
                        job.jobId())
                .getBoolean(0)));
        release.countDown();
        writer.join();

        assertThat(pair.jobs().follow(job, obedient).outcome()).isEqualTo(new JobOutcome.Succeeded());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Dispatch.RunJob restingOn(ObjectVersion seen, Dispatch.RunJob plain) {
        return new Dispatch.RunJob(
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
                List.of(seen),
                null);
    }

    @Test
    void aJobThatResumesAnotherDoesNotRepeatWhatLasts() {
        long ost = pair.ost("registered");
        Dispatch.RunJob first = JobLab.transition("ConfigureTargetJob", ost, "registered", "unmounted");
        Transcript failed =
                pair.jobs().run(first, Agents.but(obedient, "configure_target_ha", Agents.failed("cib is locked")));
        assertThat(failed.actionNames())
                .containsExactly(
                        "open_firewall",
                        "open_firewall",
                        "configure_target_store",
                        "configure_target_store",
                        "configure_target_ha");
        assertThat(failure(failed).sentence()).isEqualTo("cib is locked");

        Transcript again = pair.jobs().run(resuming(first), obedient);

        assertThat(again.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(again.actionNames()).containsExactly("configure_target_ha", "configure_target_ha");
        assertThat(again.step(4).success()).isTrue();
    }

    private static Dispatch.RunJob resuming(Dispatch.RunJob earlier) {
        Dispatch.RunJob plain =
                JobLab.transition(earlier.jobClass(), earlier.subject().id(), earlier.fromState(), earlier.toState());
        return new Dispatch.RunJob(
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
                plain.seen(),
                earlier.jobId());
    }

    @Test
    void theFirstEventOfAJobNamesTheNumberOfItsSteps() {
        long ost = pair.ost("mounted");
        Dispatch.RunJob job = stop(ost);
        pair.jobs().dispatch(job);

        Bus.Heard heard = pair.bus().await(Topics.JOB_EVENTS, one -> JobLab.concerns(one, job.jobId()));

        assertThat(heard.as(JobEvent.class)).isInstanceOfSatisfying(JobEvent.Started.class, started -> {
            assertThat(started.stepCount()).isEqualTo(2);
            assertThat(started.attempt()).isEqualTo(1);
        });
        pair.jobs().follow(job, obedient);
    }
}
