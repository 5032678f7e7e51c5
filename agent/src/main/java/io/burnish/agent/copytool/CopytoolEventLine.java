package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A line that a copytool writes, as it is sent to the manager: its time in UTC (agent contract, 13.2). */
final class CopytoolEventLine {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'+00:00'");
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd[ ]['T']HH:mm:ss[.SSSSSS][ ]")
            .appendOptional(DateTimeFormatter.ofPattern("XXX"))
            .appendOptional(DateTimeFormatter.ofPattern("XX"))
            .toFormatter();

    private CopytoolEventLine() {}

    /** The event; empty if the line is none, or has no time. */
    static Optional<ObjectNode> read(String line) {
        try {
            ObjectNode event = ContractJson.read(line, ObjectNode.class);
            OffsetDateTime time = OffsetDateTime.parse(event.path("event_time").asText(), READ);
            event.put("event_time", WRITTEN.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
            return Optional.of(event);
        } catch (MalformedMessageException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
