package io.burnish.simulator.program;

import io.burnish.simulator.lab.Cluster;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import java.util.List;
import java.util.Optional;

/** One call of a program: the arguments without the program's name. */
public record Invocation(Lab lab, Machine machine, List<String> args, String stdin) {

    String arg(int position) {
        return position < args.size() ? args.get(position) : "";
    }

    boolean has(String word) {
        return args.contains(word);
    }

    /** The word after an option. */
    Optional<String> after(String option) {
        int at = args.indexOf(option);
        return at >= 0 && at + 1 < args.size() ? Optional.of(args.get(at + 1)) : Optional.empty();
    }

    /** The value of {@code --name=value}. */
    Optional<String> value(String name) {
        String prefix = "--" + name + "=";
        return args.stream()
                .filter(arg -> arg.startsWith(prefix))
                .map(arg -> arg.substring(prefix.length()))
                .findFirst();
    }

    /** The values of a repeated {@code --name=value}. */
    List<String> values(String name) {
        String prefix = "--" + name + "=";
        return args.stream()
                .filter(arg -> arg.startsWith(prefix))
                .map(arg -> arg.substring(prefix.length()))
                .toList();
    }

    String last() {
        return args.isEmpty() ? "" : args.getLast();
    }

    Cluster cluster() {
        return lab.cluster(machine);
    }
}
