package io.burnish.simulator.hsm;

import io.burnish.simulator.lab.Machine;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A copytool's command line, as the init script of its service has it. */
record Mover(String unit, String fifo, int archive, String mountpoint, String filesystem) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'");

    /** The copytool of a service; empty unless its script is there and its file system mounted. */
    static Optional<Mover> of(Machine machine, String unit) {
        String script = machine.files.getOrDefault("/etc/init.d/" + unit, "");
        List<String> words =
                WORD.matcher(script).results().map(found -> found.group(1)).toList();
        int fifo = words.indexOf("--event-fifo");
        int archive = words.indexOf("--archive");
        if (fifo < 0 || archive < 0) {
            return Optional.empty();
        }
        Optional<String> mountpoint =
                words.stream().filter(machine.clientMounts::containsKey).findFirst();
        return mountpoint.map(point -> new Mover(
                unit,
                words.get(fifo + 1),
                Integer.parseInt(words.get(archive + 1)),
                point,
                filesystem(machine.clientMounts.get(point))));
    }

    private static String filesystem(String spec) {
        return spec.substring(spec.lastIndexOf(":/") + 2);
    }
}
