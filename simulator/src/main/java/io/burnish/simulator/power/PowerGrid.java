package io.burnish.simulator.power;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Faults;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.lab.PowerUnit;
import io.burnish.simulator.server.Rack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The units and BMCs of the laboratory, as fence agents reach them. A server without power on all its supplies, or switched off by its
 * BMC, is gone at once; with power again it boots.
 *
 * <p>Answers and exit statuses are those of the agents (agent contract, 19.5): a query 0 for on and 2 for off.
 */
public final class PowerGrid {

    private static final Set<String> UNIT_AGENTS = Set.of("fence_apc", "fence_apc_snmp");
    private static final String BMC_AGENT = "fence_ipmilan";

    private final Rack rack;

    /** The power of a rack. */
    public PowerGrid(Rack rack) {
        this.rack = rack;
    }

    /** Does what an agent was asked for. */
    public CommandResult fence(FenceRequest request) throws InterruptedException {
        rack.lab().trace().begins(request.address(), request.toString());
        Optional<Faults.Fault> fault = rack.faults().hit(request.address(), request.toString());
        if (fault.isPresent()) {
            Thread.sleep(fault.get().delayMillis());
            if (fault.get().rc() != null) {
                return failed(fault.get().rc(), fault.get().stderr());
            }
        }
        return UNIT_AGENTS.contains(request.agent())
                ? unit(request)
                : request.agent().equals(BMC_AGENT) ? bmc(request) : failed(1, "Unknown agent " + request.agent());
    }

    private CommandResult unit(FenceRequest request) {
        PowerUnit unit = rack.lab().look(() -> rack.lab().state().units.get(request.address()));
        if (unit == null) {
            return unreachable(request);
        }
        if (!request.knows(unit.login, unit.password)) {
            return failed(1, "Unable to connect/login to fencing device");
        }
        return switch (request.action()) {
            case "monitor" -> ok("");
            case "list-status", "list" -> ok(list(unit));
            default -> outlet(request, unit);
        };
    }

    private String list(PowerUnit unit) {
        return rack.lab().look(() -> {
            StringBuilder lines = new StringBuilder();
            for (int number = 1; number <= unit.outlets; number++) {
                String outlet = Integer.toString(number);
                lines.append("%s,%s,%s%n"
                        .formatted(
                                outlet, unit.feeds.getOrDefault(outlet, ""), unit.off.contains(outlet) ? "OFF" : "ON"));
            }
            return lines.toString();
        });
    }

    private CommandResult outlet(FenceRequest request, PowerUnit unit) {
        String outlet = request.outlet();
        if (!outlet.matches("\\d{1,4}") || Integer.parseInt(outlet) < 1 || Integer.parseInt(outlet) > unit.outlets) {
            return failed(1, "Failed: Unable to obtain correct plug status or plug is not available");
        }
        return switched(
                request,
                () -> !unit.off.contains(outlet),
                on -> {
                    if (on) {
                        unit.off.remove(outlet);
                    } else {
                        unit.off.add(outlet);
                    }
                },
                Optional.ofNullable(unit.feeds.get(outlet)).stream().toList());
    }

    private CommandResult bmc(FenceRequest request) {
        Optional<Machine> found = rack.lab().look(() -> rack.lab().state().machines.values().stream()
                .filter(machine -> machine.bmcAddress().equals(request.address()))
                .findFirst());
        // a BMC lives on the supplies of its server
        if (found.isEmpty() || !rack.lab().look(() -> supplied(found.get().fqdn))) {
            return unreachable(request);
        }
        Machine machine = found.get();
        if (!request.knows("root", "calvin")) {
            return failed(1, "Failed: Unable to obtain correct plug status or plug is not available");
        }
        if (request.action().equals("monitor")) {
            return ok("");
        }
        return switched(
                request,
                () -> machine.chassisOn && machine.poweredOn,
                on -> machine.chassisOn = on,
                List.of(machine.fqdn));
    }

    private interface Power {
        boolean on();
    }

    private interface Switch {
        void set(boolean on);
    }

    private CommandResult switched(FenceRequest request, Power power, Switch change, List<String> servers) {
        switch (request.action()) {
            case "status" -> {
                boolean on = rack.lab().look(power::on);
                return new CommandResult(on ? 0 : 2, "Status: " + (on ? "ON" : "OFF") + "\n", "");
            }
            case "on" -> set(true, change, servers);
            case "off" -> set(false, change, servers);
            case "reboot" -> {
                set(false, change, servers);
                set(true, change, servers);
            }
            default -> {
                return failed(1, "Failed: Unrecognised action '" + request.action() + "'");
            }
        }
        return ok("Success: "
                + Map.of("on", "Powered ON", "off", "Powered OFF", "reboot", "Rebooted")
                        .get(request.action()) + "\n");
    }

    private void set(boolean on, Switch change, List<String> servers) {
        rack.lab().change(() -> {
            change.set(on);
            return null;
        });
        servers.forEach(this::settle);
    }

    /** A server runs if, and only if, it has power. */
    private void settle(String fqdn) {
        Machine machine = rack.server(fqdn).orElseThrow().machine();
        boolean power = rack.lab().look(() -> machine.chassisOn && supplied(fqdn));
        boolean runs = rack.lab().look(() -> machine.poweredOn);
        if (power && !runs) {
            rack.powerOn(fqdn);
        } else if (!power && runs) {
            rack.powerOff(fqdn);
        }
    }

    private boolean supplied(String fqdn) {
        return rack.lab().state().units.values().stream().anyMatch(unit -> unit.feeds.entrySet().stream()
                .anyMatch(feed -> feed.getValue().equals(fqdn) && !unit.off.contains(feed.getKey())));
    }

    private static CommandResult unreachable(FenceRequest request) {
        return failed(1, "Failed: Unable to connect to " + request.address());
    }

    private static CommandResult ok(String text) {
        return new CommandResult(0, text, "");
    }

    private static CommandResult failed(int rc, String text) {
        return new CommandResult(rc, "", text + "\n");
    }
}
