package io.burnish.host.registration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The outcome of the checks before a server is added: those that passed (API contract, core 2.17; agent contract, 15). */
final class ConnectionChecks {

    /** In the order in which they are shown. */
    enum Check {
        RESOLVE,
        PING,
        AUTH,
        HOSTNAME_VALID,
        FQDN_RESOLVES,
        FQDN_MATCHES,
        REVERSE_RESOLVE,
        REVERSE_PING,
        YUM_CAN_UPDATE,
        OPENSSL;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Set<Check> passed = EnumSet.noneOf(Check.class);

    /** Notes the outcome of a check and returns it. */
    boolean note(Check check, boolean outcome) {
        if (outcome) {
            passed.add(check);
        }
        return outcome;
    }

    /** {@code {"address", "valid", "status": [{"name", "value"}, …]}}: checks that were not made are false. */
    ObjectNode result(String address) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("address", address);
        result.put("valid", passed.size() == Check.values().length);
        ArrayNode status = result.putArray("status");
        for (Check check : Check.values()) {
            status.addObject().put("name", check.wire()).put("value", passed.contains(check));
        }
        return result;
    }
}
