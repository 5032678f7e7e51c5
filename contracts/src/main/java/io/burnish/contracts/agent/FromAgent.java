package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** Frames from an agent to the hub: one JSON text frame each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FromAgent.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = FromAgent.Console.class, name = "console"),
    @JsonSubTypes.Type(value = FromAgent.Outcome.class, name = "outcome"),
    @JsonSubTypes.Type(value = FromAgent.Report.class, name = "report"),
    @JsonSubTypes.Type(value = FromAgent.Samples.class, name = "samples"),
    @JsonSubTypes.Type(value = FromAgent.Logs.class, name = "logs"),
    @JsonSubTypes.Type(value = FromAgent.Heartbeat.class, name = "heartbeat")
})
public sealed interface FromAgent {

    /**
     * First frame. Who the agent is comes from its certificate; this tells what state it is in.
     *
     * @param protocol version of this protocol, 1
     * @param agentEpoch another after each start of the agent
     * @param bootId another after each boot of the server ({@code /proc/sys/kernel/random/boot_id})
     * @param bootTime by the server's clock
     * @param knownActions ids of actions that it runs, or whose outcome it holds unacknowledged
     */
    record Hello(
            int protocol,
            String agentVersion,
            String fqdn,
            String nodename,
            String agentEpoch,
            String bootId,
            Instant bootTime,
            List<String> knownActions)
            implements FromAgent {}

    /**
     * Output of a running action.
     *
     * @param sequence from 0 within the action
     */
    record Console(String actionId, int sequence, String text, ActionCommand.JobStep job) implements FromAgent {}

    /** An action ended. Sent again after each reconnect until the hub says that it is stored. */
    record Outcome(String actionId, ActionOutcome outcome) implements FromAgent {}

    /**
     * What a plug-in saw.
     *
     * @param plugin {@code linux}, {@code linux_network}, {@code lustre} or {@code corosync}
     * @param sequence grows by one per report of this agent epoch and plug-in
     * @param observedAt by the server's clock: for display, never for ordering
     * @param ageMillis how long ago the look began when the report was sent, by the agent's monotonic clock. The hub reckons from it
     *     when the look was, by its own clock: what was seen before a job ended must not count after it
     * @param body the plug-in's data; top-level fields that are absent are unchanged since the last report of the epoch
     */
    record Report(
            String plugin,
            String agentEpoch,
            long sequence,
            Instant observedAt,
            long ageMillis,
            boolean full,
            JsonNode body)
            implements FromAgent {

        /** The same report of that age. */
        public Report aged(long millis) {
            return new Report(plugin, agentEpoch, sequence, observedAt, millis, full, body);
        }
    }

    /** Statistics; kept by the agent, and sent again to the next hub, until the hub says that they are stored. The next follow then. */
    record Samples(SampleBatch batch) implements FromAgent {}

    /** Log lines; as statistics. */
    record Logs(LogBatch batch) implements FromAgent {}

    /** Nothing to say. */
    record Heartbeat() implements FromAgent {}
}
