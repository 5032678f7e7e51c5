package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import java.util.List;

/** Lustre's modules: {@code modprobe}, {@code rmmod} and {@code /proc/modules}. */
final class KernelModules {

    private static final List<String> LUSTRE = List.of("lnet", "ksocklnd", "obdclass", "ptlrpc", "lustre");

    private KernelModules() {}

    static CommandResult modprobe(Invocation call) {
        String module = call.last();
        if (module.equals("lustre") || module.equals("lnet")) {
            LnetNetworks.load(call.machine());
            call.machine().modules.addAll(module.equals("lnet") ? LUSTRE.subList(0, 2) : LUSTRE);
            return Program.ok();
        }
        if (module.equals("osd_ldiskfs")) {
            call.machine().modules.add(module);
            return Program.ok();
        }
        return Program.failed(1, "modprobe: FATAL: Module " + module + " not found");
    }

    static CommandResult rmmod(Invocation call) {
        String module = call.last();
        if (module.equals("lnet") && call.machine().lnetUp) {
            return Program.failed(1, "rmmod: ERROR: Module lnet is in use");
        }
        boolean serving = call.lab().luns(call.machine()).stream()
                .anyMatch(lun -> call.machine().fqdn.equals(lun.mountedOn));
        if (serving || !call.machine().clientMounts.isEmpty()) {
            return Program.failed(1, "rmmod: ERROR: Module " + module + " is in use");
        }
        return call.machine().modules.remove(module)
                ? Program.ok()
                : Program.failed(1, "rmmod: ERROR: Module " + module + " is not currently loaded");
    }

    /** {@code /proc/modules}. */
    static String loaded(Machine machine) {
        StringBuilder text = new StringBuilder("xfs 2015232 1 - Live 0xffffffffc0400000\n");
        for (String module : machine.modules) {
            String users =
                    switch (module) {
                        case "lnet" ->
                            String.join(
                                    ",",
                                    machine.modules.stream()
                                            .filter(user -> !user.equals("lnet"))
                                            .toList());
                        default -> "";
                    };
            text.append("%s 1000000 %d %s Live 0xffffffffc0800000\n"
                    .formatted(
                            module,
                            users.isEmpty() ? 0 : users.split(",").length,
                            users.isEmpty() ? "-" : users + ","));
        }
        return text.toString();
    }
}
