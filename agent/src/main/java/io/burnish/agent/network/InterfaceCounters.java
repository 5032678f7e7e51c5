package io.burnish.agent.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code /proc/net/dev}; the place of the columns is taken from its header (agent contract, 7.1). */
final class InterfaceCounters {

    private InterfaceCounters() {}

    /** Bytes received and sent since boot, decimal. */
    record Bytes(String received, String sent) {

        static final Bytes NONE = new Bytes("0", "0");
    }

    static Map<String, Bytes> parse(String text) {
        List<String> lines = text.lines().toList();
        Map<String, Bytes> counters = new HashMap<>();
        if (lines.size() < 2) {
            return counters;
        }
        String[] sides = lines.get(1).split("\\|");
        if (sides.length < 3) {
            return counters;
        }
        List<String> receive = columns(sides[1]);
        List<String> transmit = columns(sides[2]);
        int received = receive.indexOf("bytes");
        int sent = receive.size() + transmit.indexOf("bytes");
        for (String line : lines.subList(2, lines.size())) {
            int colon = line.lastIndexOf(':');
            List<String> values = columns(line.substring(colon + 1));
            if (colon > 0 && values.size() > sent) {
                counters.put(line.substring(0, colon).strip(), new Bytes(values.get(received), values.get(sent)));
            }
        }
        return counters;
    }

    private static List<String> columns(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
