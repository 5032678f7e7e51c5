package io.burnish.host.hub;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.contracts.job.JobEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Handles what an agent sends, in its order. Who the agent is comes from its certificate: names and numbers of servers inside frames
 * are replaced, and it can speak only of its own actions.
 */
@ApplicationScoped
class AgentFrames {

    private static final Logger LOG = Logger.getLogger(AgentFrames.class);

    private final SessionOpening sessions;
    private final OutcomeWriter outcomes;
    private final ReportIntake reports;
    private final StreamProducer stream;

    AgentFrames(SessionOpening sessions, OutcomeWriter outcomes, ReportIntake reports, StreamProducer stream) {
        this.sessions = sessions;
        this.outcomes = outcomes;
        this.reports = reports;
        this.stream = stream;
    }

    /** Handles frames; outcomes that follow each other are stored together. Blocks. */
    void handle(AgentConnection connection, List<AgentConnection.Arrival> arrivals) {
        try {
            List<FromAgent.Outcome> together = new ArrayList<>();
            for (AgentConnection.Arrival arrival : arrivals) {
                FromAgent frame = read(connection, arrival.text());
                if (frame instanceof FromAgent.Outcome outcome
                        && connection.hello().isPresent()) {
                    together.add(outcome);
                } else if (frame != null) {
                    store(connection, together);
                    handle(connection, frame, arrival.at());
                }
            }
            store(connection, together);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(AgentConnection connection, List<FromAgent.Outcome> together) throws InterruptedException {
        if (!together.isEmpty()) {
            outcomes.store(connection, List.copyOf(together));
            together.clear();
        }
    }

    private static FromAgent read(AgentConnection connection, String text) {
        try {
            return ContractJson.read(text, FromAgent.class);
        } catch (MalformedMessageException e) {
            // a newer agent may say things that this hub does not know; the frame may hold anything, so it is not
            // logged
            LOG.warnf("a frame of %s was not understood: %s", connection, e.getMessage());
            return null;
        }
    }

    private void handle(AgentConnection connection, FromAgent frame, Instant arrivedAt) throws InterruptedException {
        if (connection.hello().isEmpty()) {
            greet(connection, frame);
            return;
        }
        switch (frame) {
            case FromAgent.Console console -> console(connection, console);
            case FromAgent.Report report -> report(connection, report, arrivedAt);
            case FromAgent.Samples samples -> samples(connection, own(connection, samples.batch()));
            case FromAgent.Logs logs -> logs(connection, own(connection, logs.batch()));
            case FromAgent.Hello again -> connection.close("second hello");
            case FromAgent.Outcome outcome -> throw new IllegalStateException("outcomes are stored together");
            case FromAgent.Heartbeat nothing -> {}
        }
    }

    private void greet(AgentConnection connection, FromAgent frame) {
        if (frame instanceof FromAgent.Hello hello && hello.agentEpoch() != null && hello.bootId() != null) {
            sessions.open(connection, hello);
        } else {
            connection.close("the first frame must be a hello");
        }
    }

    private void console(AgentConnection connection, FromAgent.Console console) {
        connection
                .jobOf(console.actionId())
                .ifPresent(
                        job -> stream.send(Topics.JOB_EVENTS, Long.toString(job.jobId()), stepConsole(console, job)));
    }

    private static JobEvent stepConsole(FromAgent.Console console, ActionCommand.JobStep job) {
        return new JobEvent.StepConsole(
                job.jobId(),
                job.attempt(),
                Instant.now(),
                job.stepIndex(),
                job.stepTry(),
                console.actionId().substring(console.actionId().lastIndexOf('.') + 1),
                console.sequence(),
                console.text());
    }

    private void report(AgentConnection connection, FromAgent.Report report, Instant arrivedAt)
            throws InterruptedException {
        boolean ownEpoch = connection
                .hello()
                .map(hello -> hello.agentEpoch().equals(report.agentEpoch()))
                .orElse(false);
        if (ownEpoch && report.body() != null) {
            reports.apply(connection, report, arrivedAt);
        }
    }

    private void samples(AgentConnection connection, SampleBatch batch) {
        stream.store(
                new StreamProducer.Stored(
                        Topics.SAMPLES, connection.hostId(), batch.agentEpoch(), batch.sequence(), batch),
                () -> !connection.closed(),
                () -> connection.send(new ToAgent.SamplesStored(batch.sequence())));
    }

    private void logs(AgentConnection connection, LogBatch batch) {
        stream.store(
                new StreamProducer.Stored(
                        Topics.LOG_LINES, connection.hostId(), batch.agentEpoch(), batch.sequence(), batch),
                () -> !connection.closed(),
                () -> connection.send(new ToAgent.LogsStored(batch.sequence())));
    }

    private static SampleBatch own(AgentConnection connection, SampleBatch batch) {
        return new SampleBatch(
                connection.hostId(), batch.agentEpoch(), batch.sequence(), batch.takenAt(), batch.samples());
    }

    private static LogBatch own(AgentConnection connection, LogBatch batch) {
        return new LogBatch(
                connection.hostId(), connection.fqdn(), batch.agentEpoch(), batch.sequence(), batch.lines());
    }

    private static String key(AgentConnection connection) {
        return Long.toString(connection.hostId());
    }
}
