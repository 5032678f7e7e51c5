package io.burnish.agent.corosync;

import io.burnish.agent.network.Ipv4;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code tcpdump} captured of multicast traffic. */
final class CapturedTraffic {

    private static final Pattern UDP =
            Pattern.compile("IP ([0-9.]+)\\.(\\d+) > 226\\.94\\.[0-9]+\\.[0-9]+\\.(\\d+): UDP");
    private static final Pattern PING = Pattern.compile("IP ([0-9.]+) > 226\\.94\\.[0-9.]+: ICMP echo request");
    private static final Pattern HEX = Pattern.compile("^\\s+0x[0-9a-f]+:\\s+([0-9a-f ]+?)\\s*$", Pattern.MULTILINE);

    private CapturedTraffic() {}

    /**
     * Another server of the pair.
     *
     * @param announcement {@code null} if its Corosync runs already on {@code port}
     */
    record Peer(Ipv4 address, int port, Announcement announcement) {

        /** Whether a server with that address takes over the peer's port. */
        boolean leads(Ipv4 mine) {
            return announcement == null || announcement.settled() || address.value() < mine.value();
        }
    }

    /** Destination ports of all multicast seen. */
    static Set<Integer> ports(String stdout) {
        Set<Integer> ports = new HashSet<>();
        Matcher matcher = UDP.matcher(stdout);
        while (matcher.find()) {
            ports.add(Integer.valueOf(matcher.group(3)));
        }
        return ports;
    }

    /** The peer, if the capture shows one. */
    static Optional<Peer> peer(String stdout) {
        Matcher udp = UDP.matcher(stdout);
        if (udp.find()) {
            return Optional.of(new Peer(Ipv4.parse(udp.group(1)), Integer.parseInt(udp.group(3)), null));
        }
        Matcher ping = PING.matcher(stdout);
        if (!ping.find()) {
            return Optional.empty();
        }
        StringBuilder hex = new StringBuilder();
        Matcher line = HEX.matcher(stdout);
        while (line.find()) {
            hex.append(line.group(1).replace(" ", ""));
        }
        return Announcement.find(hex.toString()).map(said -> new Peer(Ipv4.parse(ping.group(1)), said.port(), said));
    }
}
