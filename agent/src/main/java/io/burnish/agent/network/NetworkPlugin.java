package io.burnish.agent.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.Commands;
import io.burnish.agent.lnet.LnetConfiguration;
import io.burnish.agent.report.Plugin;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.NetworkReport;
import io.burnish.contracts.agent.report.NetworkReport.Interface;
import io.burnish.contracts.agent.report.NetworkReport.Lnet;
import io.burnish.contracts.agent.report.NetworkReport.LnetNid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plug-in {@code linux_network}: interfaces and LNet (agent contract, 7.1). */
public final class NetworkPlugin implements Plugin {

    private static final Path COUNTERS = Path.of("/proc/net/dev");

    private final HostSystem host;
    /** As LNet had them when it was up; {@code null}: it was not yet in this life. */
    private Map<String, LnetNid> lastNids;

    /** The plug-in of a server. */
    public NetworkPlugin(HostSystem host) {
        this.host = host;
    }

    @Override
    public String name() {
        return NetworkReport.PLUGIN;
    }

    @Override
    public synchronized ObjectNode scan(Commands commands) throws InterruptedException, IOException {
        List<IpAddresses.Link> links =
                IpAddresses.parse(commands.runIfInstalled("ip", "addr")
                                .map(CommandResult::stdout)
                                .orElse(""))
                        .stream()
                        .filter(link -> !link.loopback() && !link.slave())
                        .toList();
        Map<String, InterfaceCounters.Bytes> counters =
                InterfaceCounters.parse(host.read(COUNTERS).orElse(""));
        Map<String, Interface> interfaces = new TreeMap<>();
        for (IpAddresses.Link link : links) {
            interfaces.put(link.name(), describe(link, counters));
        }
        return ContractJson.mapper().valueToTree(new NetworkReport(interfaces, lnet(commands, links)));
    }

    @Override
    public boolean reportsConstancy() {
        return false;
    }

    /** Byte counters change with every look: they are sent along, but are no reason to. */
    @Override
    public ObjectNode significant(ObjectNode body) {
        ObjectNode copy = body.deepCopy();
        for (JsonNode each : copy.path("interfaces")) {
            ((ObjectNode) each).remove(List.of("rx_bytes", "tx_bytes"));
        }
        return copy;
    }

    private Lnet lnet(Commands commands, List<IpAddresses.Link> links) throws InterruptedException, IOException {
        if (!commands.succeeds("udevadm", "info", "--path", "/sys/module/lnet")) {
            return new Lnet("lnet_unloaded", expected(links));
        }
        if (!commands.succeeds("lnetctl", "net", "show")) {
            return new Lnet("lnet_down", expected(links));
        }
        Optional<CommandResult> nis =
                commands.runIfInstalled("lctl", "get_param", "-n", "nis").filter(CommandResult::ok);
        if (nis.isPresent()) {
            lastNids = LnetNids.parse(nis.get().stdout(), links);
        }
        return new Lnet("lnet_up", lastNids);
    }

    /** What LNet will have when it is up again: what was configured, else what it had; {@code null}: nobody knows. */
    private Map<String, LnetNid> expected(List<IpAddresses.Link> links) throws IOException {
        return LnetConfiguration.configured(host)
                .map(nids -> LnetNids.of(nids, links))
                .orElse(lastNids);
    }

    private static Interface describe(IpAddresses.Link link, Map<String, InterfaceCounters.Bytes> counters) {
        // the kernel's counters do not know the part of the name after the at sign
        String kernelName = link.name().split("@")[0];
        InterfaceCounters.Bytes bytes = counters.getOrDefault(kernelName, InterfaceCounters.Bytes.NONE);
        return new Interface(
                link.mac(),
                link.inet4(),
                link.prefix(),
                link.inet6(),
                lndType(link.linkType()),
                bytes.received(),
                bytes.sent(),
                link.up(),
                link.slave());
    }

    private static String lndType(String linkType) {
        return switch (linkType) {
            case "ether", "ethernet" -> "tcp";
            case "infiniband" -> "o2ib";
            default -> linkType;
        };
    }
}
