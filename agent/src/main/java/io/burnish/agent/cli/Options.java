package io.burnish.agent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Words of a command line: {@code --name value} or {@code --name=value}, and others.
 *
 * @param named options by name, without dashes
 * @param words the others, in their order
 */
record Options(Map<String, String> named, List<String> words) {

    private static final String DASHES = "--";

    /**
     * Sorts the words.
     *
     * @throws UsageException if an option has no value
     */
    static Options parse(List<String> args) {
        Map<String, String> named = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith(DASHES)) {
                words.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            if (equals > 0) {
                named.put(arg.substring(2, equals), arg.substring(equals + 1));
            } else if (i + 1 < args.size()) {
                named.put(arg.substring(2), args.get(++i));
            } else {
                throw new UsageException("option " + arg + " needs a value");
            }
        }
        return new Options(named, words);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(named.get(name));
    }

    String require(String name) {
        return find(name).orElseThrow(() -> new UsageException("option --" + name + " is missing"));
    }

    /** The command line cannot be understood. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
