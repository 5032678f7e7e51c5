package io.burnish.agent.lustre;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution, from {@code /etc/os-release}.
 *
 * @param version first two components as a number; 0 if unknown
 */
record OsRelease(String name, double version) {

    private static final Pattern VERSION = Pattern.compile("^(\\d+(?:\\.\\d+)?).*$");

    static OsRelease parse(String text) {
        Matcher version = VERSION.matcher(value(text, "VERSION_ID"));
        return new OsRelease(value(text, "NAME"), version.matches() ? Double.parseDouble(version.group(1)) : 0);
    }

    private static String value(String text, String key) {
        Matcher matcher = Pattern.compile("^" + key + "=\"?([^\"\\n]*)\"?$", Pattern.MULTILINE)
                .matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
