package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.sql.Tx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a step can ask for. Every method either returns the recorded answer or ends this run of the step, which is repeated when the
 * answer has arrived. The order of calls is their identity.
 */
public interface StepScript {

    /**
     * Runs an action on a server and returns its value.
     *
     * @throws StepFailure if the action did not succeed, with the agent's words
     */
    JsonNode call(long hostId, AgentAction action, ObjectNode args);

    /** Runs an action on a server and returns what became of it, whatever that is. */
    ActionOutcome outcome(long hostId, AgentAction action, ObjectNode args);

    /** Runs actions at the same time and returns what became of each, in the order given. */
    List<ActionOutcome> outcomes(List<AgentCall> calls);

    /** An action on a server. */
    record AgentCall(long hostId, AgentAction action, ObjectNode args) {}

    /**
     * Waits until the server's agent has connected in another life than the given one.
     *
     * @param notEpoch the agent epoch that is not good enough; {@code null}: any session will do
     * @throws StepFailure if that does not happen in time
     */
    Session awaitSession(long hostId, String notEpoch, Duration timeout);

    /** A connected agent. */
    record Session(String agentEpoch, String bootId) {}

    /**
     * Has a {@link LocalActivity} of this service run, outside any transaction, and returns its value. After a crash it may run
     * again.
     *
     * @throws StepFailure if the activity failed
     */
    JsonNode activity(String name, ObjectNode args);

    /** Determines a value once, in a transaction: what is random or read from a table must come through here. */
    JsonNode note(Function<Tx, JsonNode> source);

    /** Takes a named lock of this service; the job keeps it until it ends. */
    void mutex(String name);

    /** Adds a line to the step's log. */
    void log(String line);

    /** Changes the database in the transaction in which the step succeeds. */
    void effect(Consumer<Tx> change);

    /**
     * A bean of this service, to be used inside {@link #effect} and {@link #note} only: a step is stored as data and carries no
     * service of its own.
     */
    <B> B bean(Class<B> type);

    /** The job that the step belongs to. */
    long jobId();
}
