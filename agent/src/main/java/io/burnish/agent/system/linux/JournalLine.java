package io.burnish.agent.system.linux;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.system.HostSystem.JournalEntry;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A line of {@code journalctl -o json} (monitoring 15.13). */
final class JournalLine {

    private static final int DEFAULT_PRIORITY = 6;
    private static final int DEFAULT_FACILITY = 3;

    private JournalLine() {}

    /** The entry; empty if the line is not JSON or has no time. */
    static Optional<JournalEntry> parse(String line) {
        return json(line)
                .filter(node -> node.hasNonNull("__REALTIME_TIMESTAMP"))
                .map(node -> {
                    Instant at =
                            Instant.EPOCH.plus(node.get("__REALTIME_TIMESTAMP").asLong(), ChronoUnit.MICROS);
                    return new JournalEntry(
                            at,
                            node.path("PRIORITY").asInt(DEFAULT_PRIORITY),
                            node.path("SYSLOG_FACILITY").asInt(DEFAULT_FACILITY),
                            node.path("SYSLOG_IDENTIFIER").asText("unknown"),
                            message(node.path("MESSAGE")));
                });
    }

    static Optional<String> cursor(String line) {
        return json(line).map(node -> node.path("__CURSOR").asText("")).filter(text -> !text.isEmpty());
    }

    /** Text, or the bytes of a text that is not UTF-8, or null for one that is too long. */
    private static String message(JsonNode message) {
        if (!message.isArray()) {
            return message.isNull() ? "" : message.asText("");
        }
        byte[] bytes = new byte[message.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) message.get(i).asInt();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Optional<JsonNode> json(String line) {
        try {
            return Optional.of(ContractJson.read(line, JsonNode.class)).filter(JsonNode::isObject);
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }
}
