package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import java.util.Map;

/** Services, packages and what belongs to the operating system. */
final class ServicePrograms {

    private static final String KERNEL = "4.18.0-553.el8_lustre.x86_64";

    private ServicePrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("systemctl", ServicePrograms::systemctl);
        programs.put("service", ServicePrograms::service);
        programs.put("passwd", call -> Program.ok());
        programs.put("chpasswd", call -> Program.ok());
        programs.put("dnf", ServicePrograms::dnf);
        programs.put("yum", ServicePrograms::yum);
        programs.put("rpm", ServicePrograms::rpm);
        programs.put("grubby", call -> Program.ok("/boot/vmlinuz-" + KERNEL + "\n"));
        programs.put("genhostid", call -> {
            call.machine().files.put("/etc/hostid", "1");
            return Program.ok();
        });
        programs.put("shutdown", call -> Program.ok());
        programs.put("which", call -> new CommandResult(1, "", ""));
        programs.put("sed", ServicePrograms::sed);
    }

    private static CommandResult systemctl(Invocation call) {
        Machine machine = call.machine();
        String unit = call.last();
        return switch (call.arg(0)) {
            case "start", "restart" -> start(call, unit);
            case "stop" -> {
                stop(call, unit);
                yield Program.ok();
            }
            case "is-active" ->
                machine.active.contains(unit) ? Program.ok("active\n") : new CommandResult(3, "inactive\n", "");
            case "enable" -> {
                machine.enabled.add(unit);
                yield Program.ok();
            }
            case "disable" -> {
                machine.enabled.remove(unit);
                yield Program.ok();
            }
            case "status" -> new CommandResult(machine.active.contains(unit) ? 0 : 4, "", "");
            case "daemon-reload" -> Program.ok();
            default -> Program.failed(1, "Unknown command verb " + call.arg(0));
        };
    }

    private static CommandResult start(Invocation call, String unit) {
        if (unit.equals("corosync") && !call.cluster().members.contains(call.machine().fqdn)) {
            return Program.failed(1, "Job for corosync.service failed: /etc/corosync/corosync.conf does not exist");
        }
        if (unit.equals("pacemaker") && !call.machine().active.contains("corosync")) {
            CommandResult corosync = start(call, "corosync");
            if (!corosync.ok()) {
                return corosync;
            }
        }
        call.machine().active.add(unit);
        Pacemaker.settle(call);
        return Program.ok();
    }

    private static void stop(Invocation call, String unit) {
        if (unit.equals("corosync")) {
            call.machine().active.remove("pacemaker");
        }
        call.machine().active.remove(unit);
        Pacemaker.settle(call);
    }

    private static CommandResult service(Invocation call) {
        String unit = call.arg(0);
        return call.machine().active.contains(unit)
                ? Program.ok(unit + " is running...\n")
                : new CommandResult(3, unit + " is stopped\n", "");
    }

    private static CommandResult dnf(Invocation call) {
        if (call.has("install")) {
            call.args().stream()
                    .skip(call.args().indexOf("install") + 1L)
                    .filter(arg -> !arg.startsWith("-") && !arg.equals("kernel-debug"))
                    .forEach(call.machine().packages::add);
            return Program.ok("Complete!\n");
        }
        return Program.ok();
    }

    /** Before the installation the manager looks whether a package of the distribution is offered (agent contract, 15). */
    private static CommandResult yum(Invocation call) {
        return call.has("list")
                ? Program.ok("Available Packages\n%s.x86_64    2.2.2-39.el8    appstream\n".formatted(call.last()))
                : dnf(call);
    }

    private static CommandResult rpm(Invocation call) {
        String query = String.join(" ", call.args());
        if (query.equals("-q kernel")) {
            return Program.ok("kernel-" + KERNEL + "\n");
        }
        if (query.contains("kmod-lustre-client")) {
            return new CommandResult(1, "package kmod-lustre-client is not installed\n", "");
        }
        if (query.contains("kmod-lustre")) {
            return Program.ok("kmod-lustre-2.15.5-1.el8.x86_64\n");
        }
        return query.startsWith("-qa")
                ? Program.ok()
                : new CommandResult(1, "package " + call.last() + " is not installed\n", "");
    }

    /** Only what the agent does with it: another multicast port in the cluster's configuration. */
    private static CommandResult sed(Invocation call) {
        String expression = call.args().stream()
                .filter(arg -> arg.startsWith("s/mcastport"))
                .findFirst()
                .orElse("");
        String port = expression.replaceAll("\\D", "");
        if (!port.isEmpty()) {
            call.cluster().port = Integer.valueOf(port);
        }
        return Program.ok();
    }
}
