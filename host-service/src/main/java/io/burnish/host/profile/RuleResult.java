package io.burnish.host.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of a rule on a server (API contract, core 2.18).
 *
 * @param error why it could not be evaluated; empty if it could
 */
record RuleResult(Rule rule, boolean pass, String error) {

    private static final String NO_PROPERTIES = "Result unavailable while host agent starts";

    /**
     * Evaluates a rule.
     *
     * @param properties of the server; empty: its agent has not reported yet
     */
    static RuleResult of(Rule rule, ObjectNode properties) {
        if (properties.isEmpty()) {
            return new RuleResult(rule, false, NO_PROPERTIES);
        }
        try {
            Object value = RuleParser.parse(rule.test()).value(variables(properties));
            return new RuleResult(rule, RuleValues.truth(value), "");
        } catch (RuleException e) {
            return new RuleResult(rule, false, e.getMessage());
        }
    }

    private static Map<String, Object> variables(ObjectNode properties) {
        Map<String, Object> variables = new HashMap<>();
        properties.properties().forEach(property -> variables.put(property.getKey(), value(property.getValue())));
        return variables;
    }

    private static Object value(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.isTextual() ? node.textValue() : node.toString();
    }
}
