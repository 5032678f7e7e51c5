package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import java.util.Map;

/** Services, and what belongs to the operating system. */
final class ServicePrograms {

    private ServicePrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("systemctl", ServicePrograms::systemctl);
        programs.put("service", ServicePrograms::service);
        programs.put("passwd", call -> Program.ok());
        programs.put("chpasswd", call -> Program.ok());
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
