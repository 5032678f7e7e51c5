package io.burnish.filesystem.copytool;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an operation does, stored by ordinal (agent contract, 13.3). */
enum OperationType {
    UNKNOWN("unknown (file: ", ")"),
    ARCHIVE("copying ", " from Lustre to HSM backend"),
    RESTORE("restoring ", " from HSM backend to Lustre"),
    REMOVE("removing ", " from HSM backend");

    private final String before;
    private final String after;

    OperationType(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** As stored. */
    int number() {
        return ordinal();
    }

    /** SQL of the words for a file. */
    String phrase(String path) {
        return "'" + before + "' || " + path + " || '" + after + "'";
    }

    static Map<Integer, String> words() {
        Map<Integer, String> words = new LinkedHashMap<>();
        for (OperationType type : values()) {
            words.put(type.number(), type.name());
        }
        return words;
    }
}
