package io.burnish.testsupport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.model.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The command service and the agents, as jobs meet them on Kafka. */
public class Jobs {

    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis());

    /** An agent: what becomes of an action. */
    @FunctionalInterface
    public interface Agent {
        /** Carries out an action. */
        ActionOutcome run(ActionCommand.Run action);
    }

    private final Bus bus;
    private final Map<Long, String> hosts = new HashMap<>();

    /**
     * On a bus that hears job events and agent actions.
     *
     * @param hosts what transcripts call servers, by id
     */
    public Jobs(Bus bus, Map<Long, String> hosts) {
        this.bus = bus;
        this.hosts.putAll(hosts);
    }

    /** A first attempt of a job that is no transition. */
    public static Dispatch.RunJob job(String jobClass, ObjectRef subject, ObjectNode args) {
        return job(jobClass, subject, null, null, 1, IDS.incrementAndGet(), args);
    }

    /** A first attempt of a transition. */
    public static Dispatch.RunJob transition(String jobClass, ObjectRef subject, String from, String to) {
        return job(jobClass, subject, from, to, 1, IDS.incrementAndGet(), JsonNodeFactory.instance.objectNode());
    }

    /** Any attempt of any job. */
    public static Dispatch.RunJob job(
            String jobClass, ObjectRef subject, String from, String to, int attempt, long jobId, ObjectNode args) {
        return new Dispatch.RunJob(
                jobId,
                attempt,
                jobId * 10 + attempt,
                jobClass,
                subject,
                jobClass + " of the test",
                from,
                to,
                args,
                List.of(1L),
                List.of(),
                null);
    }

    /** Dispatches a job; returns the message's id. */
    public long dispatch(Dispatch job) {
        return bus.publish(
                ServiceName.COMMAND,
                Topics.dispatch(job.subject().type().owner()),
                job.subject().toString(),
                job);
    }

    /** Dispatches a job and plays the agents until it has finished. */
    public Transcript run(Dispatch.RunJob job, Agent agent) {
        dispatch(job);
        return follow(job, agent);
    }

    /** Plays the agents until a dispatched job has finished. */
    public Transcript follow(Dispatch.RunJob job, Agent agent) {
        Transcript transcript = new Transcript(hosts);
        while (true) {
            Bus.Heard heard = next(job.jobId());
            if (heard.topic().equals(Topics.AGENT_ACTIONS)) {
                ActionCommand.Run action = (ActionCommand.Run) heard.as(ActionCommand.class);
                transcript.action(action);
                ActionOutcome outcome = agent.run(action);
                if (outcome != null) {
                    answer(action, outcome);
                }
            } else {
                JobEvent event = heard.as(JobEvent.class);
                transcript.event(event);
                if (event instanceof JobEvent.Finished) {
                    return transcript;
                }
            }
        }
    }

    /** The next action that is asked for on behalf of a job. */
    public ActionCommand.Run awaitAction(Dispatch.RunJob job) {
        return (ActionCommand.Run) bus.await(Topics.AGENT_ACTIONS, heard -> concerns(heard, job.jobId()))
                .as(ActionCommand.class);
    }

    /** Sends an agent's answer; returns the message's id. */
    public long answer(ActionCommand.Run action, ActionOutcome outcome) {
        return bus.publish(
                ServiceName.HOST, Topics.AGENT_RESULTS, Long.toString(action.hostId()), result(action, outcome));
    }

    /** An agent's answer. */
    public static ActionResult result(ActionCommand.Run action, ActionOutcome outcome) {
        return new ActionResult.Finished(action.actionId(), action.hostId(), action.replyTo(), outcome, action.job());
    }

    private Bus.Heard next(long jobId) {
        return bus.awaitAny(heard -> concerns(heard, jobId));
    }

    /** Whether a message is an event of a job or an action on its behalf. */
    public static boolean concerns(Bus.Heard heard, long jobId) {
        if (heard.topic().equals(Topics.JOB_EVENTS)) {
            return heard.key().equals(Long.toString(jobId));
        }
        return heard.topic().equals(Topics.AGENT_ACTIONS)
                && heard.as(ActionCommand.class).actionId().startsWith(jobId + ".");
    }
}
