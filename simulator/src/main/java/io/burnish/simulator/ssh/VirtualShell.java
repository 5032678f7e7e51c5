package io.burnish.simulator.ssh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a POSIX shell as an installer needs: variables, quotes, here-documents, redirections, {@code ||}, and a pipe into
 * {@code sh}. {@code set -e} is always on.
 */
final class VirtualShell {

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)=(.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}|\\$(\\w+)");

    private final ShellCommands commands;
    private final Map<String, String> variables = new HashMap<>();
    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();

    VirtualShell(ShellCommands commands) {
        this.commands = commands;
    }

    /** What a command printed. */
    record Output(int rc, String stdout, String stderr) {}

    /** Runs a script to its end or to its first failure. */
    Output run(String script) throws InterruptedException {
        List<String> lines = new ArrayList<>(script.lines().toList());
        int rc = 0;
        while (!lines.isEmpty() && rc == 0) {
            String line = lines.removeFirst().strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            rc = alternatives(line, document(line, lines));
        }
        return new Output(rc, stdout.toString(), stderr.toString());
    }

    /** The text of a here-document that begins on this line; empty if none does. */
    private static String document(String line, List<String> rest) {
        Matcher here = Pattern.compile("<<'?(\\w+)'?").matcher(line);
        if (!here.find()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        while (!rest.isEmpty()) {
            String next = rest.removeFirst();
            if (next.equals(here.group(1))) {
                break;
            }
            text.append(next).append('\n');
        }
        return text.toString();
    }

    private int alternatives(String line, String stdin) throws InterruptedException {
        int rc = 0;
        for (String one : line.split("\\|\\|")) {
            rc = pipe(one.strip(), stdin);
            if (rc == 0) {
                return 0;
            }
        }
        return rc;
    }

    private int pipe(String line, String stdin) throws InterruptedException {
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (assignment.matches()) {
            variables.put(assignment.group(1), String.join(" ", Words.of(expanded(assignment.group(2)))));
            return 0;
        }
        int bar = line.lastIndexOf("| sh");
        if (bar > 0) {
            Output script = commands.run(words(line.substring(0, bar)), stdin);
            if (script.rc() != 0) {
                stderr.append(script.stderr());
                return script.rc();
            }
            return run(script.stdout()).rc();
        }
        return redirected(words(line), stdin);
    }

    private List<String> words(String line) {
        return Words.of(expanded(line));
    }

    private int redirected(List<String> words, String stdin) throws InterruptedException {
        List<String> plain = new ArrayList<>();
        String file = null;
        boolean toError = false;
        boolean errorsToo = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(">")) {
                file = words.get(++i);
            } else if (word.equals(">&2")) {
                toError = true;
            } else if (word.equals("2>&1")) {
                errorsToo = true;
            } else if (word.startsWith(">")) {
                file = word.substring(1);
            } else if (!word.startsWith("<<")) {
                plain.add(word);
            }
        }
        Output output = commands.run(plain, stdin);
        if (file != null) {
            commands.write(file, output.stdout());
        } else if (toError) {
            stderr.append(output.stdout());
        } else {
            stdout.append(output.stdout());
        }
        if (!errorsToo) {
            stderr.append(output.stderr());
        }
        return output.rc();
    }

    /** Variables are expanded outside of single quotes. */
    private String expanded(String line) {
        StringBuilder text = new StringBuilder();
        String[] parts = line.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                text.append('\'');
            }
            text.append(
                    i % 2 == 1
                            ? parts[i]
                            : VARIABLE.matcher(parts[i])
                                    .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(
                                            found.group(1) != null ? found.group(1) : found.group(2), ""))));
        }
        return text.toString();
    }
}
