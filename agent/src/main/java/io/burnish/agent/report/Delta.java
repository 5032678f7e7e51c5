package io.burnish.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a report needs to say after an earlier one: top-level fields that are new or different (agent contract, 3.8). */
final class Delta {

    private Delta() {}

    /**
     * Changed fields.
     *
     * @param before the last complete body, reduced to what is significant
     * @param now the same of the present one
     * @param body the present body, from which the fields are taken
     */
    static ObjectNode between(ObjectNode before, ObjectNode now, ObjectNode body) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : now.properties()) {
            if (!field.getValue().equals(before.get(field.getKey()))) {
                changes.set(field.getKey(), body.get(field.getKey()));
            }
        }
        return changes;
    }
}
