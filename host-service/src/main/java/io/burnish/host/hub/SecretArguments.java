package io.burnish.host.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Puts secrets in the place of their references, at the last moment: {@code {"$secret": "<id>"}} becomes
 * {@code {"$secretValue": "…"}}, which the agent masks in everything it prints. The result goes to the agent and nowhere else.
 */
@ApplicationScoped
class SecretArguments {

    private static final String REFERENCE = "$secret";
    private static final String VALUE = "$secretValue";

    private final SecretStore secrets;

    SecretArguments(SecretStore secrets) {
        this.secrets = secrets;
    }

    /** Whether arguments refer to secrets. */
    static boolean present(ActionCommand.Run action) {
        return action.args() != null && !action.args().findValues(REFERENCE).isEmpty();
    }

    /** The arguments with secrets; empty if one of them has been forgotten. */
    Optional<ObjectNode> resolve(Tx tx, ObjectNode args) {
        return resolveNode(tx, args).map(ObjectNode.class::cast);
    }

    private Optional<JsonNode> resolveNode(Tx tx, JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode reference = object.get(REFERENCE);
            return reference != null && reference.isTextual()
                    ? secrets.find(tx, reference.asText())
                            .map(value -> JsonNodeFactory.instance.objectNode().put(VALUE, value))
                    : resolveFields(tx, object);
        }
        return node instanceof ArrayNode array ? resolveElements(tx, array) : Optional.of(node);
    }

    private Optional<JsonNode> resolveFields(Tx tx, ObjectNode object) {
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        for (var field : object.properties()) {
            Optional<JsonNode> value = resolveNode(tx, field.getValue());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            resolved.set(field.getKey(), value.get());
        }
        return Optional.of(resolved);
    }

    private Optional<JsonNode> resolveElements(Tx tx, ArrayNode array) {
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            Optional<JsonNode> value = resolveNode(tx, element);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            resolved.add(value.get());
        }
        return Optional.of(resolved);
    }
}
