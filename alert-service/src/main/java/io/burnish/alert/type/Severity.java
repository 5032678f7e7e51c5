package io.burnish.alert.type;

import java.util.LinkedHashMap;
import java.util.Map;

/** Severities of alerts; stored as numbers (monitoring 1). */
public enum Severity {
    DEBUG(10),
    INFO(20),
    WARNING(30),
    ERROR(40),
    CRITICAL(50);

    private final int stored;

    Severity(int stored) {
        this.stored = stored;
    }

    /** The stored number. */
    public int stored() {
        return stored;
    }

    /** The severity of a stored number: the nearest that is not higher. */
    public static Severity ofStored(int number) {
        Severity found = DEBUG;
        for (Severity severity : values()) {
            if (severity.stored <= number) {
                found = severity;
            }
        }
        return found;
    }

    /** The lower of the two. */
    public Severity atMost(Severity bound) {
        return stored <= bound.stored ? this : bound;
    }

    /** Stored number to wire name. */
    public static Map<Integer, String> words() {
        Map<Integer, String> words = new LinkedHashMap<>();
        for (Severity severity : values()) {
            words.put(severity.stored, severity.name());
        }
        return words;
    }

    /** Wire name to stored number. */
    public static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Severity severity : values()) {
            numbers.put(severity.name(), severity.stored);
        }
        return numbers;
    }
}
