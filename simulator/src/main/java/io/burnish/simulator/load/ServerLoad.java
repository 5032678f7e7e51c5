package io.burnish.simulator.load;

import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import java.util.List;

/** What a server has done since its boot: for the targets that it serves now, and for those that it served before. */
public final class ServerLoad {

    private final Machine machine;
    private final List<TargetLoad> targets;

    ServerLoad(Lab lab, Machine machine) {
        this.machine = machine;
        this.targets = lab.luns(machine).stream()
                .filter(lun -> machine.fqdn.equals(lun.mountedOn))
                .map(TargetLoad::new)
                .toList();
    }

    /** What is served here at present. */
    List<TargetLoad> targets() {
        return targets;
    }

    Work work(long now) {
        Work work = new Work(machine.servedTransfers, machine.servedCalls);
        for (TargetLoad target : targets) {
            work = work.plus(target.work(now));
        }
        return work;
    }

    /** Calls a second at present. */
    double intensity(long now) {
        return targets.stream().mapToDouble(target -> target.intensity(now)).sum();
    }

    long millisSinceBoot(long now) {
        return Math.max(0, now - machine.bootedAt * 1000);
    }

    /** A target begins to be served: its counters begin. */
    public static void begins(Lun lun, Machine machine, String mountPoint, long now) {
        lun.mountedOn = machine.fqdn;
        lun.mountPoint = mountPoint;
        lun.mountedAt = now;
    }

    /** A target is served no more; what its server did for it stays in the server's counters. */
    public static void ends(Lab lab, Lun lun, long now) {
        Machine machine = lab.state().machines.get(lun.mountedOn);
        if (machine != null) {
            Work work = new TargetLoad(lun).work(now);
            machine.servedTransfers += work.transfers();
            machine.servedCalls += work.calls();
        }
        lun.mountedOn = null;
        lun.mountPoint = null;
    }
}
