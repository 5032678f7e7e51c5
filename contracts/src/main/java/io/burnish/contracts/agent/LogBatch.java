package io.burnish.contracts.agent;

import java.time.Instant;
import java.util.List;

/** Lines of a server's journal, at most 64. */
public record LogBatch(long hostId, String fqdn, String agentEpoch, long sequence, List<Line> lines) {

    /**
     * A line.
     *
     * @param severity 0 to 7 and {@code facility} as in RFC 5424
     * @param tag program name
     */
    public record Line(Instant at, int severity, int facility, String tag, String message) {}
}
