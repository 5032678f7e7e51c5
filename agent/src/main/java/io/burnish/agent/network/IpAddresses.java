package io.burnish.agent.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code ip addr} (agent contract, 7.1 and 19.3). */
public final class IpAddresses {

    private static final Pattern HEAD = Pattern.compile("^\\d+: ([^:]+): <([^>]*)>.*$");
    private static final Pattern LINK = Pattern.compile("^\\s+link/(\\S+)(?: ([0-9a-f:]+))?.*$");
    private static final Pattern INET = Pattern.compile("^\\s+inet ([0-9.]+)(?:/(\\d+))?.*$");
    private static final Pattern INET6 = Pattern.compile("^\\s+inet6 ([0-9a-f:.]+)/(\\d+).*$");

    private IpAddresses() {}

    /**
     * An interface.
     *
     * @param linkType as printed after {@code link/}
     * @param inet4 empty without IPv4; with several addresses the last
     * @param inet4s all IPv4 addresses
     */
    public record Link(
            String name,
            String linkType,
            String mac,
            String inet4,
            int prefix,
            List<String> inet4s,
            String inet6,
            boolean up,
            boolean slave) {

        /** Whether it is the loopback interface. */
        public boolean loopback() {
            return linkType.equals("loopback");
        }
    }

    /** All interfaces in their order. */
    public static List<Link> parse(String stdout) {
        List<Link> links = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : stdout.split("\n")) {
            if (HEAD.matcher(line).matches() && !block.isEmpty()) {
                links.add(link(block));
                block.clear();
            }
            block.add(line);
        }
        if (!block.isEmpty() && HEAD.matcher(block.getFirst()).matches()) {
            links.add(link(block));
        }
        return links;
    }

    private static Link link(List<String> block) {
        Matcher head = HEAD.matcher(block.getFirst());
        if (!head.matches()) {
            throw new IllegalArgumentException("not an interface: " + block.getFirst());
        }
        List<String> flags = List.of(head.group(2).split(","));
        String type = "";
        String mac = "";
        String inet4 = "";
        int prefix = 0;
        List<String> inet4s = new ArrayList<>();
        String inet6 = "";
        for (String line : block) {
            Matcher link = LINK.matcher(line);
            Matcher four = INET.matcher(line);
            Matcher six = INET6.matcher(line);
            if (link.matches()) {
                type = link.group(1);
                mac = link.group(2) == null ? "" : link.group(2);
            } else if (four.matches()) {
                inet4 = four.group(1);
                inet4s.add(inet4);
                prefix = four.group(2) == null ? 32 : Integer.parseInt(four.group(2));
            } else if (six.matches()) {
                inet6 = six.group(1);
            }
        }
        return new Link(
                head.group(1), type, mac, inet4, prefix, inet4s, inet6, flags.contains("UP"), flags.contains("SLAVE"));
    }
}
