package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What became of an action. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ActionOutcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = ActionOutcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = ActionOutcome.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = ActionOutcome.Unreachable.class, name = "unreachable")
})
public sealed interface ActionOutcome {

    /** What the action's commands printed, in order, secrets masked; empty if it ran none. */
    List<CommandRecord> commands();

    /** Why the action did not do what it promises, as a sentence for the user; empty if it did. */
    default String why() {
        return switch (this) {
            case Succeeded success -> "";
            case Failed failure -> failure.error();
            case Cancelled cancelled -> cancelled.reason();
            case Unreachable unreachable -> unreachable.error();
        };
    }

    /**
     * The action did what it promises.
     *
     * @param result its value; {@code null} if it has none
     */
    record Succeeded(JsonNode result, List<CommandRecord> commands) implements ActionOutcome {}

    /**
     * The action ended without doing what it promises.
     *
     * @param error sentence for the user
     * @param detail for a developer, for example a stack trace; may be {@code null}
     */
    record Failed(String error, String detail, List<CommandRecord> commands) implements ActionOutcome {}

    /** The action was told to stop, or its deadline passed, and everything it had started is dead. */
    record Cancelled(String reason, List<CommandRecord> commands) implements ActionOutcome {}

    /**
     * The hub gave up before the server got the action: it certainly did not run and never will.
     *
     * @param error begins with {@code Could not contact server}
     */
    record Unreachable(String error) implements ActionOutcome {
        @Override
        public List<CommandRecord> commands() {
            return List.of();
        }
    }

    /** A command line that an action ran; {@code rc} 254 means killed at its deadline. */
    record CommandRecord(List<String> args, int rc, String stdout, String stderr) {

        /** The form shown in a step's console: command line, exit status, output. */
        public String console() {
            return String.join(" ", args) + ": " + rc + "\n" + stdout + "\n" + stderr + "\n";
        }
    }
}
