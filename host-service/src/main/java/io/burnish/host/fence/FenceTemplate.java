package io.burnish.host.fence;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command template of a power control type (API contract, storage 9.4). It is written as a command line and becomes a {@link FenceCall}.
 *
 * <p>The text is taken apart before anything is filled in: no value can become an option. It begins with the agent, one of
 * {@link #AGENTS}: a template cannot run anything else.
 */
public final class FenceTemplate {

    /** Supported agents. */
    public static final List<String> AGENTS =
            List.of("fence_apc", "fence_apc_snmp", "fence_ipmilan", "fence_virsh", "fence_vbox");

    private static final String AGENT = "%(agent)s";
    private static final String OPTIONS = "%(options)s";
    private static final Pattern PLACEHOLDER = Pattern.compile("%\\((\\w+)\\)s");
    private static final Set<String> KNOWN = Set.of(
            "agent", "options", "address", "port", "username", "password", "identifier", "home", "list_parameter");

    /** A template or options that cannot be understood; the message is one for the user. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private final String agent;
    private final Map<String, String> values;
    private final Map<String, String> options = new LinkedHashMap<>();
    /** Within a device's own options: nothing in them is filled in. */
    private boolean literal;

    private FenceTemplate(String agent, Map<String, String> values) {
        this.agent = agent;
        this.values = values;
    }

    /**
     * The call for some values.
     *
     * @param template text with placeholders
     * @param values by placeholder's name; absent and empty ones leave their option out
     * @throws Malformed if the template cannot be understood
     */
    public static FenceCall fill(String template, Map<String, String> values) {
        List<String> words = words(template);
        if (words.isEmpty() || !words.getFirst().equals(AGENT)) {
            throw new Malformed("A command begins with %(agent)s.");
        }
        FenceTemplate filling = new FenceTemplate(values.getOrDefault("agent", ""), values);
        filling.read(words.subList(1, words.size()));
        return new FenceCall(filling.agent, filling.options);
    }

    /** What is wrong with a template for an agent; empty if nothing. */
    public static Optional<String> problem(String agent, String template) {
        return problem(() -> fill(template, Map.of("agent", agent)));
    }

    /** What is wrong with the options of a device; empty if nothing. */
    public static Optional<String> optionsProblem(String agent, String options) {
        return problem(() -> fill(AGENT + " " + OPTIONS, Map.of("agent", agent, "options", options)));
    }

    private static Optional<String> problem(Runnable attempt) {
        try {
            attempt.run();
            return Optional.empty();
        } catch (Malformed e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
    }

    private void read(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.poll();
            if (word.equals(OPTIONS)) {
                literal = true;
                read(words(values.getOrDefault("options", "")));
                literal = false;
            } else if (word.startsWith("--")) {
                longOption(word.substring(2), rest);
            } else if (word.startsWith("-") && word.length() > 1) {
                letter(word, rest);
            } else {
                assignment(word);
            }
        }
    }

    private void longOption(String word, Deque<String> rest) {
        int equals = word.indexOf('=');
        String name = FenceOptions.ofWord(equals < 0 ? word : word.substring(0, equals));
        put(name, equals < 0 ? valueOf(name, word, rest) : word.substring(equals + 1));
    }

    private void letter(String word, Deque<String> rest) {
        String name = FenceOptions.ofLetter(agent, word.charAt(1))
                .orElseThrow(() ->
                        new Malformed("The option %s is not known of %s: use its long name.".formatted(word, agent)));
        put(name, word.length() > 2 ? word.substring(2) : valueOf(name, word, rest));
    }

    private static String valueOf(String name, String word, Deque<String> rest) {
        if (FenceOptions.flag(name)) {
            return "1";
        }
        if (rest.isEmpty()) {
            throw new Malformed("The option %s needs a value.".formatted(word));
        }
        return rest.poll();
    }

    private void assignment(String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new Malformed("'%s' is neither an option nor an assignment.".formatted(word));
        }
        put(word.substring(0, equals), word.substring(equals + 1));
    }

    private void put(String name, String text) {
        if (!name.matches("[A-Za-z0-9_]+")) {
            throw new Malformed("'%s' is no name of an option.".formatted(name));
        }
        if (FenceOptions.forbidden(name)) {
            throw new Malformed("The option %s is not allowed.".formatted(name));
        }
        String value = literal ? text : filled(text);
        if (!value.isEmpty()) {
            options.put(name, value);
        }
    }

    private String filled(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        StringBuilder value = new StringBuilder();
        while (placeholder.find()) {
            if (!KNOWN.contains(placeholder.group(1))) {
                throw new Malformed("There is no placeholder %s.".formatted(placeholder.group()));
            }
            placeholder.appendReplacement(
                    value, Matcher.quoteReplacement(values.getOrDefault(placeholder.group(1), "")));
        }
        placeholder.appendTail(value);
        return value.toString();
    }
}
