package io.burnish.host.spi;

import io.burnish.contracts.agent.FromAgent;
import io.burnish.kit.sql.Tx;
import java.time.Instant;

/**
 * Takes the reports of one plug-in of the agents. A bean; several may take the same plug-in.
 *
 * <p>The hub passes each report once, in the order of its sequence within an agent epoch, in a transaction that also notes the
 * sequence: an exception rolls both back, and the hub then asks the agent for a complete report. The row of the server is not
 * locked.
 */
public interface ReportSink {

    /** The plug-in: {@code linux}, {@code linux_network}, {@code lustre}, {@code corosync} or {@code packages}. */
    String plugin();

    /**
     * Applies a report. Top-level fields of its body that are absent are unchanged.
     *
     * @param seenAt when the agent began to look, by this service's clock
     */
    void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt);
}
