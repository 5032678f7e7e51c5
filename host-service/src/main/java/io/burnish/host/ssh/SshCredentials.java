package io.burnish.host.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;

/**
 * With what to log in: a password, or a private key with an optional passphrase, or neither: then the manager's own keys are used. All
 * may be {@code null}. The text form shows no secret.
 *
 * @param acceptNewHostKey the server may show another host key than before: it was reinstalled on purpose
 */
public record SshCredentials(String password, String privateKey, String passphrase, boolean acceptNewHostKey) {

    /** The fields of a request body (API contract, core 2.15); blank is absent. */
    public static SshCredentials of(JsonNode body) {
        return new SshCredentials(
                text(body, "root_password"),
                text(body, "private_key"),
                text(body, "private_key_passphrase"),
                body.path("accept_new_host_key").asBoolean());
    }

    /** The same for later connections: the server has to show the key that it has shown by then. */
    public SshCredentials strict() {
        return new SshCredentials(password, privateKey, passphrase, false);
    }

    /** What {@link #sealable} wrote. */
    public static SshCredentials unsealed(String json) {
        return of(ContractJson.read(json, JsonNode.class));
    }

    /** Everything, secrets included: for the store of secrets and nothing else. */
    public String sealable() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("root_password", password);
        json.put("private_key", privateKey);
        json.put("private_key_passphrase", passphrase);
        json.put("accept_new_host_key", acceptNewHostKey);
        return json.toString();
    }

    /** The host's {@code install_method}. */
    public String installMethod() {
        if (privateKey != null) {
            return "private_key_choice";
        }
        return password != null ? "id_password_root" : "existing_keys_choice";
    }

    private static String text(JsonNode body, String field) {
        String value = body.path(field).asText(null);
        return value == null
                        || value.isBlank()
                        || "null".equals(value) && body.path(field).isNull()
                ? null
                : value;
    }

    @Override
    public String toString() {
        return installMethod();
    }
}
