package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import java.util.Map;

/** Interfaces: {@code eth0} with an address, {@code eth1} free and with a link. */
final class NetworkPrograms {

    private static final String MANAGER = "10.73.10.1";

    private NetworkPrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("ip", NetworkPrograms::ip);
        programs.put("/sbin/ip", NetworkPrograms::ip);
        programs.put("ethtool", call -> Program.ok("Settings for " + call.last() + ":\n\tLink detected: yes\n"));
        programs.put("getent", NetworkPrograms::getent);
        programs.put("nmcli", call -> Program.failed(8, "Error: NetworkManager is not running."));
        programs.put("/usr/bin/firewall-cmd", call -> Program.ok("success\n"));
        programs.put("uname", call -> Program.ok(call.machine().kernel + "\n"));
        programs.put("hostname", call -> Program.ok(call.machine().fqdn + "\n"));
    }

    /** Servers know each other; every other name is the manager's. */
    private static CommandResult getent(Invocation call) {
        String name = call.last();
        String address = call.lab().state().machines.values().stream()
                .filter(machine -> machine.fqdn.equals(name) || machine.nodename.equals(name))
                .findFirst()
                .map(Machine::firstAddress)
                .orElse(MANAGER);
        return call.arg(0).equals("hosts")
                ? Program.ok("%-15s %s\n".formatted(address, name))
                : Program.ok("%-15s STREAM %s\n%-15s DGRAM\n".formatted(address, name, address));
    }

    private static CommandResult ip(Invocation call) {
        Machine machine = call.machine();
        String command = String.join(" ", call.args());
        if (command.startsWith("route get")) {
            return Program.ok("%s dev eth0 src %s\n    cache\n".formatted(call.last(), machine.firstAddress()));
        }
        if (command.startsWith("addr add")) {
            machine.secondAddress = call.arg(2);
            return Program.ok();
        }
        if (command.startsWith("link set")) {
            return Program.ok();
        }
        return command.equals("addr") ? Program.ok(addresses(machine)) : Program.failed(255, "ip: unknown: " + command);
    }

    private static String addresses(Machine machine) {
        String first = """
                1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
                    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
                    inet 127.0.0.1/8 scope host lo
                       valid_lft forever preferred_lft forever
                2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
                    link/ether 52:54:00:aa:00:%02x brd ff:ff:ff:ff:ff:ff
                    inet %s/24 brd 10.73.10.255 scope global eth0
                       valid_lft forever preferred_lft forever
                3: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
                    link/ether 52:54:00:bb:00:%02x brd ff:ff:ff:ff:ff:ff
                """.formatted(machine.address, machine.firstAddress(), machine.address);
        return machine.secondAddress == null
                ? first
                : first + "    inet " + machine.secondAddress
                        + " scope global eth1\n       valid_lft forever preferred_lft forever\n";
    }
}
