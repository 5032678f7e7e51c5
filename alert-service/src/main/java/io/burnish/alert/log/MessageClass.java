package io.burnish.alert.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Classes of log lines, stored by ordinal (monitoring 7.1). */
public enum MessageClass {
    NORMAL,
    LUSTRE,
    LUSTRE_ERROR,
    COPYTOOL,
    COPYTOOL_ERROR;

    private static final int SYSLOG_ERROR = 3;
    private static final int COPYTOOL_ERROR_LEVEL = 40;
    private static final Pattern LUSTRE_LINE = Pattern.compile("^(?:\\[[\\d.]+])? ?(Lustre|LustreError):");

    /** The class of a line by its beginning (monitoring 7.2). */
    public static MessageClass of(String message) {
        var matcher = LUSTRE_LINE.matcher(message);
        if (!matcher.find()) {
            return NORMAL;
        }
        return matcher.group(1).equals("Lustre") ? LUSTRE : LUSTRE_ERROR;
    }

    /**
     * The class of a line that a copytool wrote.
     *
     * @param severity as in RFC 5424, or 10 (debug) to 40 (error), as copytools say it
     */
    public static MessageClass ofCopytool(int severity) {
        return severity <= SYSLOG_ERROR || severity >= COPYTOOL_ERROR_LEVEL ? COPYTOOL_ERROR : COPYTOOL;
    }

    /** Stored number to wire name. */
    static Map<Integer, String> words() {
        Map<Integer, String> words = new LinkedHashMap<>();
        for (MessageClass messageClass : values()) {
            words.put(messageClass.ordinal(), messageClass.name());
        }
        return words;
    }

    /** Wire name to stored number. */
    static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (MessageClass messageClass : values()) {
            numbers.put(messageClass.name(), messageClass.ordinal());
        }
        return numbers;
    }
}
