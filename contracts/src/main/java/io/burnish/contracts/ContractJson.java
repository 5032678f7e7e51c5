package io.burnish.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The one JSON form of every message between Burnish processes: ISO-8601 UTC instants, absent instead of null, unknown
 * keys ignored (so that a newer sender can talk to an older receiver during a rolling update).
 *
 * <p>This is not the form of the public API, whose shapes are the resource declarations of the services.
 */
public final class ContractJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private ContractJson() {}

    /** The shared, immutable mapper. Do not reconfigure it: use {@code mapper().copy()} for another form. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Writes a message.
     *
     * @throws IllegalArgumentException if the value cannot be written; that is a defect of the value's type
     */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /**
     * Writes a message as text.
     *
     * @throws IllegalArgumentException if the value cannot be written; that is a defect of the value's type
     */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /**
     * Reads a message.
     *
     * @throws MalformedMessageException if the bytes are not a message of that type
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new MalformedMessageException(type, e);
        }
    }

    /**
     * Reads a message from text.
     *
     * @throws MalformedMessageException if the text is not a message of that type
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new MalformedMessageException(type, e);
        }
    }
}
