package io.burnish.simulator.server;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Cluster;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code ping} and {@code tcpdump} on the cluster rings: what one server of a pair sends the other hears. */
public final class RingTools {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofMillis(300);

    /** Patterns that are being sent, by server. */
    private final Map<String, String> pings = new ConcurrentHashMap<>();

    CommandResult run(Lab lab, Machine machine, CommandLine command) throws InterruptedException {
        List<String> args = command.args();
        if (command.program().equals("ping")) {
            return ping(machine, args, command.timeout());
        }
        boolean ring1 = args.contains("-x");
        Instant end = Instant.now().plus(ring1 || command.timeout().compareTo(QUIET) < 0 ? command.timeout() : QUIET);
        while (Instant.now().isBefore(end)) {
            Optional<String> heard = lab.look(() -> ring1
                    ? peer(lab, machine)
                    : Optional.of(portsInUse(lab, machine)).filter(t -> !t.isEmpty()));
            if (heard.isPresent()) {
                return new CommandResult(0, heard.get(), "");
            }
            Thread.sleep(LOOK);
        }
        return new CommandResult(CommandResult.TIMED_OUT, "", "");
    }

    private CommandResult ping(Machine machine, List<String> args, Duration limit) throws InterruptedException {
        int pattern = args.indexOf("-p");
        if (pattern < 0) {
            return new CommandResult(0, "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n", "");
        }
        pings.put(machine.fqdn, args.get(pattern + 1));
        try {
            Thread.sleep(limit);
            return new CommandResult(1, "", "");
        } finally {
            pings.remove(machine.fqdn);
        }
    }

    private static String portsInUse(Lab lab, Machine machine) {
        StringBuilder text = new StringBuilder();
        lab.state().clusters.forEach((pair, cluster) -> {
            if (!pair.equals(machine.pair) && cluster.port != null) {
                text.append("12:00:00.1 IP 10.73.10.250.%d > 226.94.0.1.%d: UDP, length 119\n"
                        .formatted(cluster.port - 1, cluster.port));
            }
        });
        return text.toString();
    }

    private Optional<String> peer(Lab lab, Machine machine) {
        Cluster cluster = lab.cluster(machine);
        for (Machine other : lab.pair(machine.pair)) {
            if (other == machine || other.secondAddress == null || !other.poweredOn) {
                continue;
            }
            String address = other.secondAddress.split("/")[0];
            if (cluster.port != null && other.active.contains("corosync")) {
                return Optional.of("12:00:00.1 IP %s.%d > 226.94.1.1.%d: UDP, length 119\n"
                        .formatted(address, cluster.port - 1, cluster.port));
            }
            String pattern = pings.get(other.fqdn);
            if (pattern != null) {
                return Optional.of(echo(address, pattern));
            }
        }
        return Optional.empty();
    }

    private static String echo(String from, String pattern) {
        StringBuilder text = new StringBuilder(
                "12:00:00.1 IP " + from + " > 226.94.1.1: ICMP echo request, id 1, seq 1, length 64\n");
        String hex = "4500005400004000" + "00".repeat(20) + pattern + pattern;
        List<String> rows = Arrays.asList(hex.split("(?<=\\G.{32})"));
        for (int i = 0; i < rows.size(); i++) {
            text.append("\t0x%04x:  %s\n".formatted(16 * i, rows.get(i).replaceAll("(.{4})(?=.)", "$1 ")));
        }
        return text.toString();
    }
}
