package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/** Lines of a server's journal, at most 64. */
public record LogBatch(long hostId, String fqdn, String agentEpoch, long sequence, List<Line> lines) {

    /**
     * A line.
     *
     * @param severity 0 to 7 and {@code facility} as in RFC 5424
     * @param tag program name
     * @param copytool written by a copytool, not by the system: {@code tag} is the copytool's label then
     */
    public record Line(
            Instant at,
            int severity,
            int facility,
            String tag,
            String message,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean copytool) {

        /** A line of the journal. */
        public Line(Instant at, int severity, int facility, String tag, String message) {
            this(at, severity, facility, tag, message, false);
        }
    }
}
