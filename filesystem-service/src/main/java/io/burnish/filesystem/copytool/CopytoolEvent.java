package io.burnish.filesystem.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What a copytool says of itself, read from its events (agent contract, 13.3). */
sealed interface CopytoolEvent {

    /** By the worker's clock. */
    OffsetDateTime at();

    /** It runs and has registered with Lustre. */
    record Registered(OffsetDateTime at, String uuid) implements CopytoolEvent {}

    /** It has ended in an orderly way. */
    record Unregistered(OffsetDateTime at) implements CopytoolEvent {}

    /** It has something to say. */
    record Logged(OffsetDateTime at, String level, String message) implements CopytoolEvent {}

    /** An operation has begun. */
    record Began(OffsetDateTime at, OperationType type, String fid, String dataFid, String path)
            implements CopytoolEvent {}

    /** An operation goes on. */
    record Progressed(
            OffsetDateTime at, OperationType type, String fid, String dataFid, String path, Long processed, Long total)
            implements CopytoolEvent {}

    /** An operation has ended well. */
    record Ended(OffsetDateTime at, OperationType type, String fid, String dataFid) implements CopytoolEvent {}

    /** An operation has failed. */
    record Failed(OffsetDateTime at, OperationType type, String fid, String dataFid, String error)
            implements CopytoolEvent {}

    DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx", Locale.ROOT);

    /** Reads an event; empty if it is none, or one that lacks what it must have. */
    static Optional<CopytoolEvent> of(ObjectNode event) {
        OffsetDateTime at;
        try {
            at = OffsetDateTime.parse(event.path("event_time").asText(), TIME);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        String type = event.path("event_type").asText();
        return switch (type) {
            case "REGISTER" -> text(event, "uuid").map(uuid -> new Registered(at, uuid));
            case "UNREGISTER" -> Optional.of(new Unregistered(at));
            case "LOGGED_MESSAGE" ->
                text(event, "message")
                        .map(message -> new Logged(at, text(event, "level").orElse("INFO"), message));
            default -> operation(event, at, type);
        };
    }

    private static Optional<CopytoolEvent> operation(ObjectNode event, OffsetDateTime at, String name) {
        int separator = name.indexOf('_');
        Optional<OperationType> type = separator < 0 ? Optional.empty() : type(name.substring(0, separator));
        Optional<String> data = text(event, "data_fid").or(() -> text(event, "source_fid"));
        if (type.isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        String fid = text(event, "source_fid").orElse(data.get());
        String path = text(event, "lustre_path").orElse(null);
        return Optional.ofNullable(
                switch (name.substring(separator + 1)) {
                    case "START" -> new Began(at, type.get(), fid, data.get(), path);
                    case "RUNNING" ->
                        new Progressed(
                                at,
                                type.get(),
                                fid,
                                data.get(),
                                path,
                                number(event, "current_bytes"),
                                number(event, "total_bytes"));
                    case "FINISH" -> new Ended(at, type.get(), fid, data.get());
                    case "ERROR" ->
                        new Failed(
                                at,
                                type.get(),
                                fid,
                                data.get(),
                                text(event, "error").orElse("unknown error"));
                    default -> null;
                });
    }

    private static Optional<OperationType> type(String word) {
        return switch (word) {
            case "ARCHIVE" -> Optional.of(OperationType.ARCHIVE);
            case "RESTORE" -> Optional.of(OperationType.RESTORE);
            case "REMOVE" -> Optional.of(OperationType.REMOVE);
            default -> Optional.empty();
        };
    }

    /** PostgreSQL text cannot hold NUL. */
    private static Optional<String> text(ObjectNode event, String field) {
        JsonNode value = event.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
                ? Optional.of(value.asText().replace('\0', ' '))
                : Optional.empty();
    }

    private static Long number(ObjectNode event, String field) {
        return event.path(field).canConvertToLong() ? event.path(field).asLong() : null;
    }
}
