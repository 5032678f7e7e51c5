package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The networks of LNet: read from the module options when it is loaded, its own default without any. */
final class LnetNetworks {

    private static final String DEFAULT = "tcp(eth0)";
    private static final Pattern OPTION = Pattern.compile("^options\\s+lnet\\s+.*?networks=(\\S+)", Pattern.MULTILINE);
    private static final Pattern NETWORK = Pattern.compile("([a-z0-9]+?)([0-9]*)\\(([^)]+)\\)");

    private LnetNetworks() {}

    /** The module is loaded; nothing happens if it is already. */
    static void load(Machine machine) {
        if (machine.modules.contains("lnet")) {
            return;
        }
        machine.lnetNetworks = machine.files.entrySet().stream()
                .filter(file -> file.getKey().startsWith("/etc/modprobe.d/"))
                .map(file -> OPTION.matcher(file.getValue()))
                .filter(Matcher::find)
                .map(option -> option.group(1))
                .findFirst()
                .orElse(DEFAULT);
    }

    /** Why LNet cannot be brought up: a network's interface has no address. */
    static Optional<CommandResult> failure(Machine machine) {
        return networks(machine)
                .filter(network -> machine.addressOf(network.group(3)).isEmpty())
                .findFirst()
                .map(network -> Program.failed(100, "LNET configure error 100: Network is down"));
    }

    /** The NIDs while LNet is up, as Lustre prints them: without the number 0. */
    static List<String> nids(Machine machine) {
        return networks(machine)
                .flatMap(network -> machine
                        .addressOf(network.group(3))
                        .map(address -> address + "@" + network.group(1)
                                + (network.group(2).equals("0") ? "" : network.group(2)))
                        .stream())
                .toList();
    }

    /** What {@code lctl get_param -n nis} prints. */
    static String nis(Machine machine) {
        StringBuilder text = new StringBuilder("""
                nid                      status alive refs peer  rtr   max    tx   min
                0@lo                     up         0    2    0    0     0     0     0
                """);
        nids(machine)
                .forEach(nid -> text.append("%-24s up        -1    1    8    0   256   256   252\n".formatted(nid)));
        return text.toString();
    }

    private static Stream<MatchResult> networks(Machine machine) {
        return NETWORK.matcher(machine.lnetNetworks).results();
    }
}
