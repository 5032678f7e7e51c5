package io.burnish.filesystem.copytool;

import java.util.LinkedHashMap;
import java.util.Map;

/** States of operations, stored by ordinal (agent contract, 13.3). */
enum OperationState {
    UNKNOWN("unknown"),
    STARTED("Started"),
    RUNNING("Currently"),
    FINISHED("Finished"),
    ERRORED("Failed while");

    private final String phrase;

    OperationState(String phrase) {
        this.phrase = phrase;
    }

    /** As stored. */
    int number() {
        return ordinal();
    }

    /** How a description begins. */
    String phrase() {
        return phrase;
    }

    static Map<Integer, String> words() {
        Map<Integer, String> words = new LinkedHashMap<>();
        for (OperationState state : values()) {
            words.put(state.number(), state.name());
        }
        return words;
    }
}
