package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Events of a copytool on their way to the manager: times in UTC, and the manager's operation added to those that follow its start (agent contract, 13.2). */
final class CopytoolEvents {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'+00:00'");
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd[ ]['T']HH:mm:ss[.SSSSSS][ ]")
            .appendOptional(DateTimeFormatter.ofPattern("XXX"))
            .appendOptional(DateTimeFormatter.ofPattern("XX"))
            .toFormatter();

    private final Map<String, JsonNode> operations = new HashMap<>();

    /** An event as it is sent; empty if the line is not one, or has no time. */
    synchronized Optional<ObjectNode> prepare(String line) {
        try {
            ObjectNode event = ContractJson.read(line, ObjectNode.class);
            OffsetDateTime time = OffsetDateTime.parse(event.path("event_time").asText(), READ);
            event.put("event_time", WRITTEN.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
            addOperation(event);
            return Optional.of(event);
        } catch (MalformedMessageException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The manager's answer: its operation per file. */
    synchronized void remember(JsonNode activeOperations) {
        activeOperations.properties().forEach(entry -> operations.put(entry.getKey(), entry.getValue()));
    }

    private void addOperation(ObjectNode event) {
        String type = event.path("event_type").asText();
        String source = event.path("source_fid").asText("");
        String data = event.path("data_fid").asText("");
        if (type.endsWith("_RUNNING") && !source.equals(data) && operations.containsKey(source)) {
            // a restore goes on in another file than the one that was asked for
            operations.put(data, operations.remove(source));
        }
        JsonNode operation = operations.get(data);
        if (operation != null) {
            event.set("active_operation", operation);
        }
        if (type.endsWith("_FINISH") || type.endsWith("_ERROR")) {
            operations.remove(data);
        }
    }
}
