package io.burnish.agent.lustre;

import java.util.LinkedHashMap;
import java.util.Map;

/** The value of a target's {@code recovery_status}: lines {@code key: value}, others are ignored (agent contract, 5.1). */
public final class RecoveryStatus {

    private RecoveryStatus() {}

    /** Keys and values in their order. */
    public static Map<String, String> parse(String text) {
        Map<String, String> status = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && colon == line.lastIndexOf(':')) {
                status.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return status;
    }
}
