package io.burnish.agent.corosync;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.network.IpAddresses;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives an interface its address, now and after boots (agent contract, 10.1). */
record RingAddress(ActionContext context) {

    private static final Path SCRIPTS = Path.of("/etc/sysconfig/network-scripts");
    private static final int WORLD_READABLE = 0644;
    // NetworkManager does not run
    private static final Set<Integer> NO_MANAGER = Set.of(0, 8, 10);

    void set(String name, String address, int prefix) throws InterruptedException, IOException {
        Path file = SCRIPTS.resolve("ifcfg-" + name);
        context.host().write(file, script(name, address, prefix), WORLD_READABLE);
        CommandLine load = CommandLine.of("nmcli", "con", "load", file.toString());
        Optional<CommandResult> loaded = context.commands().runIfInstalled("nmcli", "con", "load", file.toString());
        if (loaded.isPresent() && !NO_MANAGER.contains(loaded.get().rc())) {
            throw context.commands().failure(load, loaded.get());
        }
        context.commands().tryRun("/sbin/ip", "link", "set", "dev", name, "up");
        if (!has(name, address)) {
            context.commands().tryRun("/sbin/ip", "addr", "add", address + "/" + prefix, "dev", name);
        }
        if (!context.await(context.waits().address(), context.waits().step(), () -> has(name, address))) {
            throw new ActionFailedException("interface " + name + " did not get the address " + address);
        }
    }

    private boolean has(String name, String address) throws InterruptedException {
        String text = context.commands().polling().tryRun("ip", "addr");
        List<IpAddresses.Link> links = IpAddresses.parse(text);
        return links.stream()
                .anyMatch(link -> link.name().equals(name) && link.inet4s().contains(address));
    }

    private static String script(String name, String address, int prefix) {
        return """
                DEVICE=%s
                ONBOOT=yes
                NM_CONTROLLED=no
                BOOTPROTO=none
                IPADDR=%s
                PREFIX=%d
                """.formatted(name, address, prefix);
    }
}
