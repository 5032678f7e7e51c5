package io.burnish.host.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.Jobs;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A job that begins to wait at the very moment at which what it waits for arrives is not forgotten (ADR 4). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
class WaitOrderTest {

    private static final ActionOutcome DONE = new ActionOutcome.Succeeded(null, List.of());
    private static final int PORT = 4321;

    private final Servers servers;
    private final Database database;
    private final String kafka;
    private Servers.Server one;
    private Servers.Server two;
    private Bus bus;
    private Jobs jobs;

    WaitOrderTest(Servers servers, Database database, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.servers = servers;
        this.database = database;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        one = servers.managed();
        two = servers.managed();
        bus = new Bus(kafka, List.of(Topics.JOB_EVENTS, Topics.AGENT_ACTIONS));
        jobs = new Jobs(bus, Map.of(one.id(), "one", two.id(), "two"));
    }

    @AfterEach
    void close() {
        bus.close();
    }

    /** Needs the port of Corosync for itself. */
    private Dispatch.RunJob unconfigure(Servers.Server server) {
        return Jobs.transition("UnconfigureCorosync2Job", servers.corosync(server, PORT), "stopped", "unconfigured");
    }

    private void succeeds(Dispatch.RunJob job) {
        Transcript transcript = jobs.follow(job, action -> DONE);
        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
    }

    @Test
    void aJobWaitsForTheMutexThatAnotherHolds() {
        Dispatch.RunJob first = unconfigure(one);
        Dispatch.RunJob second = unconfigure(two);
        jobs.dispatch(first);
        ActionCommand.Run held = jobs.awaitAction(first);

        jobs.dispatch(second);
        await().until(() -> waitsForMutex(second.jobId()));
        jobs.answer(held, DONE);

        succeeds(first);
        succeeds(second);
    }

    private boolean waitsForMutex(long job) {
        return database.transaction(
                tx -> tx.first("SELECT 1 FROM step_call WHERE job_id = $1 AND kind = 'mutex' AND outcome IS NULL", job)
                        .isPresent());
    }

    @RepeatedTest(5)
    void aMutexIsFreedWhileAnotherJobBeginsToWaitForIt() {
        Dispatch.RunJob first = unconfigure(one);
        Dispatch.RunJob second = unconfigure(two);
        jobs.dispatch(first);
        ActionCommand.Run held = jobs.awaitAction(first);

        jobs.dispatch(second);
        jobs.answer(held, DONE);

        succeeds(first);
        succeeds(second);
    }

    @RepeatedTest(5)
    void anAgentComesBackWhileTheJobBeginsToWaitForIt() {
        session("first life");
        Dispatch.RunJob job = Jobs.job(
                "SetHostProfileJob",
                ObjectRef.host(one.id()),
                JsonNodeFactory.instance.objectNode().put("host_id", one.id()));
        Transcript transcript = jobs.run(job, action -> {
            if (action.action().equals("restart_agent")) {
                // the answer is sent first, and travels while the agent comes back
                jobs.answer(action, DONE);
                session("second life");
                return null;
            }
            return DONE;
        });

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
    }

    /** The agent of the first server is connected to a hub in another life, as a hub tells it. */
    private void session(String epoch) {
        database.run(tx -> {
            tx.update("""
                INSERT INTO hub_instance (id, seen_at) VALUES ('hub of the test', now() + interval '1 hour')
                ON CONFLICT (id) DO NOTHING\
                """);
            tx.update("""
                    INSERT INTO agent_session AS s
                        (host_id, session_id, epoch, boot_id, agent_version, instance, in_contact)
                    VALUES ($1, $2, $3, 'boot', '1.0.0', 'hub of the test', true)
                    ON CONFLICT (host_id) DO UPDATE SET session_id = excluded.session_id, epoch = excluded.epoch\
                    """, one.id(), UUID.randomUUID().toString(), epoch);
            tx.publish(Outgoing.result(new ActionResult.SessionOpened(one.id(), epoch, "boot")));
        });
    }
}
