package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.model.Nid;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.load.ServerLoad;
import java.util.Optional;

/** Targets and clients that are mounted: {@code mount}, {@code umount} and {@code /proc/mounts}. */
final class Mounts {

    private Mounts() {}

    static CommandResult mount(Invocation call) {
        if (call.args().size() == 1) {
            return ClientPrograms.mount(call);
        }
        String device = call.args().get(call.args().size() - 2);
        return mount(call, device, call.last());
    }

    /** Also used by Pacemaker to start a target. */
    static CommandResult mount(Invocation call, String device, String mountPoint) {
        Machine machine = call.machine();
        Optional<Lun> found = call.lab().lun(machine, device);
        String failure = "mount.lustre: mount " + device + " at " + mountPoint + " failed: ";
        if (found.isEmpty() || found.get().uuid == null) {
            return Program.failed(19, failure + "No such device\nAre the lustre modules loaded?");
        }
        Lun lun = found.get();
        if (machine.fqdn.equals(lun.mountedOn)) {
            return Program.failed(17, failure + "File exists");
        }
        if (lun.mountedOn != null) {
            return Program.failed(22, failure + "Invalid argument\nThe device is in use on another node (MMP)");
        }
        if (!machine.lnetUp) {
            return Program.failed(19, failure + "No such device\nAre the lustre modules loaded?");
        }
        if (!lun.role.equals("mgs") && (!lun.registered || lun.writeconf)) {
            if (!mgsAnswers(call, lun)) {
                return Program.failed(5, failure + "Input/output error\nIs the MGS running?");
            }
            if (lun.writeconf) {
                ConfigurationLogs.writeAnew(call, lun);
            }
            lun.registered = true;
            lun.label = TargetFormat.name(lun, "-");
        }
        ServerLoad.begins(lun, machine, mountPoint, System.currentTimeMillis());
        lun.nid = LnetNetworks.nids(machine).getFirst();
        return Program.ok();
    }

    private static boolean mgsAnswers(Invocation call, Lun lun) {
        return call.lab().state().luns.values().stream()
                .filter(other -> "mgs".equals(other.role) && other.mountedOn != null)
                .map(other -> call.lab().state().machines.get(other.mountedOn))
                .anyMatch(server -> server.poweredOn
                        && server.lnetUp
                        && LnetNetworks.nids(server).stream()
                                .anyMatch(nid -> lun.mgsNids.contains(nid)
                                        || lun.mgsNids.contains(Nid.parse(nid).toString())));
    }

    static CommandResult umount(Invocation call) {
        String what = call.last();
        Optional<CommandResult> client = ClientPrograms.umount(call);
        if (client.isPresent()) {
            return client.get();
        }
        return call.lab().luns(call.machine()).stream()
                .filter(lun -> call.machine().fqdn.equals(lun.mountedOn))
                .filter(lun -> lun.device().equals(what)
                        || what.equals(lun.mountPoint)
                        || lun.link().equals(what))
                .findFirst()
                .map(lun -> {
                    ServerLoad.ends(call.lab(), lun, System.currentTimeMillis());
                    return Program.ok();
                })
                .orElseGet(() -> Program.failed(32, "umount: " + what + ": not mounted"));
    }

    /** {@code /proc/mounts}. */
    static String mounted(Lab lab, Machine machine) {
        StringBuilder text = new StringBuilder("/dev/sda1 / xfs rw,relatime 0 0\n");
        for (Lun lun : lab.luns(machine)) {
            if (machine.fqdn.equals(lun.mountedOn)) {
                text.append("%s %s lustre ro,svname=%s,mgs,osd=osd-ldiskfs,errors=remount-ro 0 0\n"
                        .formatted(lun.device(), lun.mountPoint, lun.label));
            }
        }
        return text.append(ClientPrograms.mounts(machine)).toString();
    }
}
