package io.burnish.kit.messaging;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.model.ObjectRef;

/**
 * A message to publish with the transaction that it belongs to.
 *
 * @param payload JSON text; {@code null} for a tombstone
 * @param recipient of a shared topic's message; {@code null}: everybody
 * @param version of the object, for facts and their tombstones; {@code null} otherwise
 * @param jobId for logs; may be {@code null}, as {@code commandId}
 */
public record Outgoing(
        String topic, String key, String payload, ServiceName recipient, Long version, Long jobId, Long commandId) {

    /** The present snapshot of an object. */
    public static Outgoing fact(FactMessage message) {
        Fact fact = message.fact();
        return new Outgoing(
                Topics.facts(fact.ref().type()),
                fact.ref().toString(),
                ContractJson.text(message),
                null,
                fact.version(),
                null,
                null);
    }

    /** The removal of an object at a version. */
    public static Outgoing tombstone(ObjectRef ref, long version) {
        return new Outgoing(Topics.facts(ref.type()), ref.toString(), null, null, version, null, null);
    }

    /** The locks of an object. */
    public static Outgoing locks(LockFact locks) {
        boolean none = locks.readJobs().isEmpty() && locks.writeJobs().isEmpty();
        return new Outgoing(
                Topics.LOCKS,
                locks.object().toString(),
                none ? null : ContractJson.text(locks),
                null,
                locks.version(),
                null,
                null);
    }

    /** The figures of a file system. */
    public static Outgoing usage(FilesystemUsage usage) {
        return new Outgoing(
                Topics.USAGE,
                ObjectRef.filesystem(usage.filesystemId()).toString(),
                ContractJson.text(usage),
                null,
                usage.version(),
                null,
                null);
    }

    /** No figures of a file system any more. */
    public static Outgoing noUsage(long filesystemId, long version) {
        String key = ObjectRef.filesystem(filesystemId).toString();
        return new Outgoing(Topics.USAGE, key, null, null, version, null, null);
    }

    /** Work for the owner of an object. */
    public static Outgoing dispatch(Dispatch dispatch, Long commandId) {
        return new Outgoing(
                Topics.dispatch(dispatch.subject().type().owner()),
                dispatch.subject().toString(),
                ContractJson.text(dispatch),
                null,
                null,
                dispatch.jobId(),
                commandId);
    }

    /** Progress of a job. */
    public static Outgoing event(JobEvent event, Long commandId) {
        return new Outgoing(
                Topics.JOB_EVENTS,
                Long.toString(event.jobId()),
                ContractJson.text(event),
                null,
                null,
                event.jobId(),
                commandId);
    }

    /** An action for an agent, or its cancellation. */
    public static Outgoing action(ActionCommand command) {
        ActionCommand.JobStep job = command instanceof ActionCommand.Run run ? run.job() : null;
        return new Outgoing(
                Topics.AGENT_ACTIONS,
                Long.toString(command.hostId()),
                ContractJson.text(command),
                ServiceName.HOST,
                null,
                job == null ? null : job.jobId(),
                job == null ? null : job.commandId());
    }

    /** What became of an action, for the service that asked for it; an opened session concerns everybody. */
    public static Outgoing result(ActionResult result) {
        return switch (result) {
            case ActionResult.Finished finished ->
                new Outgoing(
                        Topics.AGENT_RESULTS,
                        Long.toString(finished.hostId()),
                        ContractJson.text(finished),
                        finished.replyTo(),
                        null,
                        finished.job() == null ? null : finished.job().jobId(),
                        finished.job() == null ? null : finished.job().commandId());
            case ActionResult.SessionOpened opened ->
                new Outgoing(
                        Topics.AGENT_RESULTS,
                        Long.toString(opened.hostId()),
                        ContractJson.text(opened),
                        null,
                        null,
                        null,
                        null);
        };
    }

    /** Any other message without a particular recipient. */
    public static Outgoing of(String topic, String key, Object value) {
        return new Outgoing(topic, key, ContractJson.text(value), null, null, null, null);
    }
}
