package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * JSON values that nobody means, drawn from a random source. None of them asks for something that could be done to the cluster: no state,
 * class or profile that exists, no small number where the id of a server or a volume belongs.
 */
final class BadValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "x\udfff",
            "\ufffe\uffff",
            "\u202etxt",
            "😀",
            "ä\u0301",
            "none",
            "None",
            "nil",
            "null",
            "true",
            "False",
            "-1",
            "0",
            "1e400",
            "NaN",
            "99999999999999999999999999",
            "0x10",
            "1.5",
            "2019-02-30",
            "2019-13-45T99:99:99",
            "2019-05-02T09:30:00.123456+99:99",
            "+294276-12-31T23:59:59Z",
            "-4713-01-01",
            "'; DROP TABLE host; --",
            "\\",
            "%",
            "_",
            "%s%n%d",
            "${jndi:x}",
            "../../etc/passwd",
            "/",
            "//",
            "/api/",
            "/api/host/",
            "/api/host/999999999/",
            "/api/host/-1/",
            "/api/host/abc/",
            "/api/host/99999999999999999999/",
            "/api/user/999999999/",
            "/api/volume/999999999/",
            "/api/target/999999999/",
            "/api/filesystem/999999999/",
            "/api/alert_type/999999999/",
            "/api/server_profile/no such profile/",
            "/api/server_profile/\u0000/",
            "/api/nope/1/",
            "http://localhost/api/host/999999999/",
            "a@b",
            "root@[::1",
            "1:2",
            "zz not a state",
            "[]",
            "{}",
            "x".repeat(300),
            "ü".repeat(5000));

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "-0",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "999999999",
            "0.5",
            "-1.5",
            "1e2",
            "1e308",
            "1e400",
            "-1e-400",
            "1" + "0".repeat(400));

    /** Keys that handlers read besides the fields of their resource. */
    private static final List<String> KEYS = List.of(
            "objects",
            "deletions",
            "deleted_objects",
            "state",
            "dry_run",
            "jobs",
            "class_name",
            "args",
            "message",
            "mgt",
            "mdt",
            "mdts",
            "osts",
            "name",
            "volume_id",
            "volume",
            "address",
            "profile",
            "server_profile",
            "host",
            "hosts",
            "host_id",
            "host_must_exist",
            "root_password",
            "private_key",
            "private_key_passphrase",
            "auth_type",
            "conf_params",
            "kind",
            "expiry",
            "credits",
            "cancelled",
            "nids",
            "network_interface",
            "lnd_type",
            "lnd_network",
            "id",
            "resource_uri",
            "user",
            "alert_type",
            "username",
            "password1",
            "groups",
            "volume_nodes",
            "nodes",
            "use",
            "primary",
            "dismissed",
            "severity",
            "role",
            "filesystem",
            "filesystem_id",
            "reformat",
            "hsm_control_params",
            "device",
            "device_type",
            "identifier",
            "agent",
            "plugin_name",
            "alias",
            "attrs",
            "mcast_port",
            "network_interfaces",
            "index",
            "mountpoint",
            "archive",
            "hsm_arguments",
            "bin_path",
            "failed_validations",
            "label",
            "properties",
            "\u0000",
            "",
            "__proto__",
            "ключ");

    /** Where a small number could be the id of something that exists. */
    private static final Set<String> IDS = Set.of(
            "id",
            "volume_id",
            "volume",
            "host",
            "host_id",
            "hosts",
            "mgt",
            "mdt",
            "mdts",
            "osts",
            "target_id",
            "filesystem_id",
            "objects",
            "args",
            "nodes",
            "volume_nodes",
            "filesystem",
            "network_interface");

    private final Random random;

    BadValues(Random random) {
        this.random = random;
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    String text() {
        return oneOf(TEXTS);
    }

    String key(List<String> fields) {
        return fields.isEmpty() || random.nextInt(3) == 0 ? oneOf(KEYS) : oneOf(fields);
    }

    /** An object with a few of the resource's fields and of the keys that handlers read. */
    ObjectNode object(List<String> fields, List<String> links, int depth) {
        ObjectNode object = JSON.objectNode();
        int size = random.nextInt(7);
        for (int i = 0; i < size; i++) {
            String key = key(fields);
            object.set(key, value(key, fields, links, depth));
        }
        return object;
    }

    /**
     * A value for a key.
     *
     * @param links URIs of objects that exist
     */
    JsonNode value(String key, List<String> fields, List<String> links, int depth) {
        int kind = random.nextInt(depth > 0 ? 11 : 8);
        return switch (kind) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2, 3 -> number(key);
            case 4, 5, 6 -> JSON.textNode(text());
            case 7 -> links.isEmpty() ? JSON.textNode("") : JSON.textNode(oneOf(links));
            case 8 -> object(fields, links, depth - 1);
            default -> array(key, fields, links, depth - 1);
        };
    }

    private ArrayNode array(String key, List<String> fields, List<String> links, int depth) {
        ArrayNode array = JSON.arrayNode();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            array.add(random.nextBoolean() ? object(fields, links, depth) : value(key, fields, links, depth));
        }
        return array;
    }

    private JsonNode number(String key) {
        if (!IDS.contains(key) && random.nextInt(4) == 0) {
            return JSON.numberNode(random.nextInt(1, 12));
        }
        String digits = oneOf(NUMBERS);
        return digits.matches("-?\\d+")
                ? JSON.numberNode(new BigInteger(digits))
                : JSON.numberNode(new BigDecimal(digits));
    }
}
