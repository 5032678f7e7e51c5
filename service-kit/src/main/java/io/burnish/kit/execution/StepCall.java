package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;

/**
 * Something a step has asked for.
 *
 * @param call its place in the script, for example {@code 2} or {@code 2-1} in a parallel group
 * @param name action, activity or mutex name
 * @param outcome the answer; {@code null} while there is none
 */
record StepCall(
        String call, Kind kind, Long hostId, String name, ObjectNode request, Duration timeout, JsonNode outcome) {

    enum Kind {
        AGENT,
        SESSION,
        ACTIVITY,
        NOTE,
        MUTEX;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether a replayed script asks for the same thing in the same place, as it must. */
    boolean sameQuestion(StepCall other) {
        return kind == other.kind && name.equals(other.name) && java.util.Objects.equals(hostId, other.hostId);
    }

    boolean answered() {
        return outcome != null;
    }
}
