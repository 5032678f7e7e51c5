package io.burnish.benchmarks.lists;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is offered for a server, written down: no hand-written query computes it, but its bytes are two thirds of the answer. All servers
 * of the benchmark are in the same state, so it differs in their ids only.
 */
final class OfferTexts {

    private static final String[] FIELDS = {"available_actions", "available_jobs", "available_transitions", "locks"};
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "\"host_id\":";

    /** JSON text by field, in which {@code $} stands for the id. */
    private final Map<String, String> templates;

    private OfferTexts(Map<String, String> templates) {
        this.templates = templates;
    }

    /** As a server's answer has them. */
    static OfferTexts of(JsonNode server) {
        Map<String, String> templates = new LinkedHashMap<>();
        for (String field : FIELDS) {
            templates.put(field, server.path(field).toString().replace(ID + server.path("id"), ID + "$"));
        }
        return new OfferTexts(templates);
    }

    /** Reads {@link #toString}. */
    static OfferTexts parse(String text) throws JsonProcessingException {
        Map<String, String> templates = new LinkedHashMap<>();
        JSON.readTree(text)
                .properties()
                .forEach(field -> templates.put(field.getKey(), field.getValue().asText()));
        return new OfferTexts(templates);
    }

    /** Writes the fields of a server. */
    void write(JsonGenerator json, long id) throws IOException {
        for (Map.Entry<String, String> field : templates.entrySet()) {
            json.writeFieldName(field.getKey());
            json.writeRawValue(field.getValue().replace("$", Long.toString(id)));
        }
    }

    @Override
    public String toString() {
        return JSON.valueToTree(templates).toString();
    }
}
