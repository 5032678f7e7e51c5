package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.load.LustreFigures;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * {@code lctl get_param [-n] PATTERN...}. Parameters are files: dots of a pattern separate the parts of a path, an asterisk stays within
 * one. What does not exist is told on standard error and makes the exit status 2; the others are printed all the same.
 */
final class GetParam {

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private GetParam() {}

    static CommandResult run(Invocation call) {
        boolean valuesOnly = call.has("-n");
        SortedMap<String, Supplier<String>> parameters =
                new TreeMap<>(LustreFigures.of(call.lab(), call.machine(), System.currentTimeMillis()));
        interfaces(call).ifPresent(text -> parameters.put("nis", () -> text));
        StringBuilder out = new StringBuilder();
        StringBuilder errors = new StringBuilder();
        List<String> wanted = call.args().stream()
                .skip(1)
                .filter(word -> !word.startsWith("-"))
                .toList();
        for (String pattern : wanted) {
            Pattern path = PATTERNS.computeIfAbsent(pattern, GetParam::path);
            int before = out.length();
            parameters.forEach((name, value) -> {
                if (path.matcher(name).matches()) {
                    append(out, valuesOnly ? "" : name.replace('/', '.') + "=", value.get());
                }
            });
            if (out.length() == before) {
                errors.append("error: get_param: param_path '%s': No such file or directory\n"
                        .formatted(pattern.replace('.', '/')));
            }
        }
        return new CommandResult(errors.isEmpty() ? 0 : 2, out.toString(), errors.toString());
    }

    private static void append(StringBuilder out, String name, String value) {
        boolean block = value.indexOf('\n') >= 0;
        out.append(name).append(block && !name.isEmpty() ? "\n" : "").append(value);
        if (!value.endsWith("\n")) {
            out.append('\n');
        }
    }

    private static Pattern path(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("(?=[.*])|(?<=[.*])")) {
            regex.append(
                    switch (part) {
                        case "." -> "/";
                        case "*" -> "[^/]*";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.compile(regex.toString());
    }

    private static java.util.Optional<String> interfaces(Invocation call) {
        return call.machine().lnetUp
                ? java.util.Optional.of(LnetNetworks.nis(call.machine()))
                : java.util.Optional.empty();
    }
}
