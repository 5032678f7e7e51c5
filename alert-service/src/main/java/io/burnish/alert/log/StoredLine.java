package io.burnish.alert.log;

import io.burnish.contracts.agent.LogBatch;
import java.time.Instant;

/** A log line as it is kept. */
record StoredLine(
        long hostId,
        Instant at,
        String fqdn,
        int severity,
        int facility,
        String tag,
        String message,
        MessageClass messageClass) {

    /** A line that has a time and a text. */
    static StoredLine of(LogBatch batch, LogBatch.Line line) {
        String text = storable(line.message());
        return new StoredLine(
                batch.hostId(),
                line.at(),
                storable(batch.fqdn()),
                line.severity(),
                line.facility(),
                line.tag() == null ? "" : storable(line.tag()),
                text,
                line.copytool() ? MessageClass.ofCopytool(line.severity()) : MessageClass.of(text));
    }

    /** PostgreSQL text cannot hold NUL. */
    private static String storable(String text) {
        return text.replace('\0', ' ');
    }
}
