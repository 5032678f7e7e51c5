package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.network.IpAddresses;
import io.burnish.agent.network.IpAddresses.Link;
import io.burnish.agent.network.Ipv4;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out how this server takes part in a cluster: ring 0 is the way to the manager, ring 1 a dedicated link, the multicast port
 * that of the peer if there is one (agent contract, 10.1).
 *
 * <p>Two servers that look at the same time must come to the same port: each announces the port that it proposes, the one with the
 * lower address prevails, and who has settled prevails over who has not. Whoever hears a peer that does not lead listens on until that one
 * has settled: it may have stopped listening just before it could hear this one.
 */
final class GetCorosyncAutoconfig implements Action {

    private static final Pattern DEVICE = Pattern.compile("\\bdev (\\S+)");
    private static final int FIRST_PORT = 32767;
    private static final int LAST_PORT = 65535;

    private final RingTalker talker;

    GetCorosyncAutoconfig(RingTalker talker) {
        this.talker = talker;
    }

    @Override
    public AgentAction id() {
        return AgentAction.GET_COROSYNC_AUTOCONFIG;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "detect the cluster's networks";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        String way = context.commands().tryRun("/sbin/ip", "route", "get", managerAddress(context));
        Matcher device = DEVICE.matcher(way);
        if (!device.find()) {
            throw new ActionFailedException("no network interface leads to the manager: '" + way.strip() + "'");
        }
        List<Link> links = links(context);
        Link ring0 = links.stream()
                .filter(link -> link.name().equals(device.group(1)))
                .findFirst()
                .orElseThrow(() -> new ActionFailedException("no network interface " + device.group(1)));
        if (links.size() < 2) {
            throw new ActionFailedException(
                    "a cluster needs two networks, but " + ring0.name() + " is the only interface");
        }
        Ipv4 mine = RingNetworks.ring1Address(Ipv4.parse(ring0.inet4()), ring0.prefix());
        String ring1 = new RingCandidates(context).choose(links, ring0, mine);
        new RingAddress(context).set(ring1, mine.toString(), ring0.prefix());
        return result(ring0, ring1, mine, port(context, ring0.name(), ring1, mine));
    }

    private int port(ActionContext context, String ring0, String ring1, Ipv4 mine) throws InterruptedException {
        RingTraffic traffic = new RingTraffic(context);
        int proposed = unused(traffic.usedPorts(ring0));
        talker.say(context.host(), ring1, new Announcement(proposed, false));
        int port = traffic.leader(ring1, mine).map(CapturedTraffic.Peer::port).orElse(proposed);
        talker.say(context.host(), ring1, new Announcement(port, true));
        return port;
    }

    private static int unused(Set<Integer> used) {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1) | 1;
        } while (used.contains(port));
        return port;
    }

    private static List<Link> links(ActionContext context) throws InterruptedException {
        return IpAddresses.parse(context.commands().tryRun("ip", "addr")).stream()
                .filter(link -> !link.loopback())
                .toList();
    }

    private static String managerAddress(ActionContext context) throws InterruptedException {
        String host = new ConfigStore(context.host())
                .get(ConfigStore.Section.SETTINGS, "server", JsonNode.class)
                .map(server -> URI.create(server.path("url").asText()).getHost())
                .orElseThrow(() -> new ActionFailedException("this server is not registered with a manager"));
        if (Ipv4.isAddress(host)) {
            return host;
        }
        String found = context.commands().tryRun("getent", "ahostsv4", host);
        return found.strip().split("\\s+")[0];
    }

    private static JsonNode result(Link ring0, String ring1, Ipv4 ring1Address, int port) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode interfaces = result.putObject("interfaces");
        interfaces
                .putObject(ring0.name())
                .put("dedicated", false)
                .put("ipaddr", ring0.inet4())
                .put("prefix", ring0.prefix());
        interfaces
                .putObject(ring1)
                .put("dedicated", true)
                .put("ipaddr", ring1Address.toString())
                .put("prefix", ring0.prefix());
        return result.put("mcast_port", port);
    }
}
