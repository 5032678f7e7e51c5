package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.network.IpAddresses;
import io.burnish.agent.network.IpAddresses.Link;
import io.burnish.agent.network.Ipv4;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.AgentAction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Creates the cluster with this server, or takes another server into it: stage 2 (agent contract, 10.3). */
final class ClusterMembership implements Action {

    private static final String CLUSTER = "lustre-ha-cluster";

    private final RingTalker talker;

    ClusterMembership(RingTalker talker) {
        this.talker = talker;
    }

    @Override
    public AgentAction id() {
        return AgentAction.CONFIGURE_COROSYNC2_STAGE_2;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return (arguments.flag("create_cluster") ? "create a cluster with " : "take into the cluster ")
                + arguments.text("new_node_fqdn");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        String node = arguments.text("new_node_fqdn");
        boolean modern = authenticate(context, node, arguments.text("pcs_password"));
        if (arguments.flag("create_cluster")) {
            create(arguments, context, node, modern);
        } else {
            add(arguments, context, node, modern);
        }
        talker.stop();
        return null;
    }

    /**
     * Returns whether this is pcs 0.10 or newer, which has other command lines. Without {@code -p} both read the password from standard
     * input, where nobody sees it.
     */
    private static boolean authenticate(ActionContext context, String node, String password)
            throws InterruptedException {
        CommandLine auth = CommandLine.of("pcs", "cluster", "auth", node, "-u", "hacluster")
                .withInput(password + "\n");
        CommandResult result = context.commands().run(auth);
        if (result.ok()) {
            return false;
        }
        if (!(result.stdout() + result.stderr()).contains("Usage: pcs")) {
            throw context.commands().failure(auth, result);
        }
        context.commands()
                .tryRun(CommandLine.of("pcs", "host", "auth", node, "-u", "hacluster")
                        .withInput(password + "\n"));
        return true;
    }

    private static void create(ActionArguments arguments, ActionContext context, String node, boolean modern)
            throws InterruptedException {
        List<Link> links = IpAddresses.parse(context.commands().tryRun("ip", "addr"));
        Link ring0 = link(links, arguments.text("ring0_name"));
        Link ring1 = link(links, arguments.text("ring1_name"));
        if (modern) {
            List<String> line = words("pcs", "cluster", "setup", CLUSTER, node);
            line.addAll(words("addr=" + ring0.inet4(), "addr=" + ring1.inet4(), "--force", "totem", "token=17000"));
            line.add("fail_recv_const=10");
            context.commands().tryRun(line);
            return;
        }
        String port = Integer.toString(arguments.number("mcast_port"));
        List<String> line = words("pcs", "cluster", "setup", "--name", CLUSTER, "--force", node);
        line.addAll(words("--transport", "udp", "--rrpmode", "passive"));
        line.addAll(words("--addr0", network(ring0), "--mcast0", "226.94.0.1", "--mcastport0", port));
        line.addAll(words("--addr1", network(ring1), "--mcast1", "226.94.1.1", "--mcastport1", port));
        line.addAll(words("--token", "17000", "--fail_recv_const", "10"));
        context.commands().tryRun(line);
    }

    private static void add(ActionArguments arguments, ActionContext context, String node, boolean modern)
            throws InterruptedException {
        List<String> line = words("pcs", "cluster", "node", "add", node);
        if (modern) {
            line.addAll(addresses(arguments, context, node));
        }
        CommandLine add = CommandLine.of(line);
        CommandResult result = context.commands().run(add);
        boolean member = Stream.of("already in a cluster", "already used", "already exists")
                .anyMatch((result.stdout() + result.stderr())::contains);
        if (!result.ok() && !member) {
            throw context.commands().failure(add, result);
        }
    }

    /** The new node's addresses on both rings: ring 1's follows from ring 0's. */
    private static List<String> addresses(ActionArguments arguments, ActionContext context, String node)
            throws InterruptedException {
        List<Link> links = IpAddresses.parse(context.commands().tryRun("ip", "addr"));
        int prefix = link(links, arguments.text("ring0_name")).prefix();
        String found =
                context.commands().tryRun("getent", "ahostsv4", node).strip().split("\\s+")[0];
        return List.of("addr=" + found, "addr=" + RingNetworks.ring1Address(Ipv4.parse(found), prefix));
    }

    private static Link link(List<Link> links, String name) {
        return links.stream()
                .filter(link -> link.name().equals(name) && !link.inet4().isEmpty())
                .findFirst()
                .orElseThrow(() -> new ActionFailedException("interface " + name + " has no IPv4 address"));
    }

    private static String network(Link link) {
        return Ipv4.parse(link.inet4()).network(link.prefix()).toString();
    }

    private static List<String> words(String... words) {
        return new ArrayList<>(List.of(words));
    }
}
