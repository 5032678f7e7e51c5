package io.burnish.simulator.load;

import io.burnish.simulator.hsm.Coordinator;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Lustre's parameters that count what clients do: by path, for example {@code obdfilter/scratch-OST0000/stats}. A value is worked out when
 * it is asked for.
 */
public final class LustreFigures {

    private final Lab lab;
    private final Machine machine;
    private final long now;
    private final SortedMap<String, Supplier<String>> values = new TreeMap<>();

    private LustreFigures(Lab lab, Machine machine, long now) {
        this.lab = lab;
        this.machine = machine;
        this.now = now;
    }

    /** The parameters of a server at a time in milliseconds; under the laboratory's lock. */
    public static SortedMap<String, Supplier<String>> of(Lab lab, Machine machine, long now) {
        LustreFigures figures = new LustreFigures(lab, machine, now);
        if (machine.lnetUp) {
            figures.values.put("stats", () -> new KernelFigures(lab, machine, now).lnet());
        }
        if (machine.modules.contains("lustre")) {
            figures.values.put("health_check", () -> "healthy");
            figures.values.put("jobid_var", () -> "procname_uid");
            figures.values.put("version", () -> "2.15.5");
            figures.values.put("memused", () -> "88213004");
            figures.values.put("memused_max", () -> "90110210");
            figures.values.put("lnet_memused", () -> "5120040");
        }
        lab.luns(machine).stream()
                .filter(lun -> machine.fqdn.equals(lun.mountedOn))
                .forEach(figures::target);
        return figures.values;
    }

    private void target(Lun lun) {
        TargetLoad load = new TargetLoad(lun);
        space("osd-ldiskfs/" + lun.label + "/", load);
        put("osd-ldiskfs/" + lun.label + "/fstype", "ldiskfs");
        switch (lun.role) {
            case "mgs" -> mgt();
            case "mdt" -> mdt(lun, load);
            default -> ost(lun, load);
        }
    }

    private void put(String path, Object value) {
        values.put(path, value::toString);
    }

    private void space(String place, TargetLoad load) {
        long free = load.kilobytesFree(now);
        put(place + "kbytestotal", load.kilobytesTotal());
        put(place + "kbytesfree", free);
        put(place + "kbytesavail", Math.max(0, free - load.kilobytesTotal() / 20));
        put(place + "filestotal", load.filesTotal());
        put(place + "filesfree", load.filesFree(now));
    }

    private void mgt() {
        put("mgs/MGS/num_exports", lab.luns(machine).size() + 1);
        put("mgs/MGS/mgs/threads_min", 3);
        put("mgs/MGS/mgs/threads_max", 32);
        put("mgs/MGS/mgs/threads_started", 4);
        values.put("mgs/MGS/mgs/stats", () -> {
            long pings = new ServerLoad(lab, machine).millisSinceBoot(now) / 25_000;
            return new StatisticsText(machine.bootedAt * 1000, now)
                    .times()
                    .requests(pings)
                    .timed("obd_ping", pings)
                    .toString();
        });
    }

    private void mdt(Lun lun, TargetLoad load) {
        String place = "mdt/" + lun.label + "/";
        recovery(place);
        Coordinator coordinator = new Coordinator(lab, lun.fsname);
        values.put(place + "hsm_control", coordinator::control);
        values.put(place + "hsm/agents", coordinator::agents);
        values.put(place + "hsm/actions", coordinator::actions);
        values.put(place + "md_stats", () -> new StatisticsText(load.since(), now)
                .times()
                .timed(load.together(now).calls())
                .toString());
        values.put(place + "job_stats", () -> StatisticsText.jobs(load.done(now), false, load.since(), now));
        put(place + "num_exports", exports(lun));
        var clients = Clients.present(lun.fsname, now);
        clients.forEach(client -> values.put(place + "exports/" + client.nid() + "/uuid", client::uuid));
        put(place + "exports/0@lo/uuid", "%1$s-lwp-MDT0000_UUID\n%1$s-lwp-OST0000_UUID".formatted(lun.label));
        locks("mdt-" + lun.label, 25 * clients.size(), lun);
        values.put("mds/MDS/mdt/stats", this::metadataService);
    }

    private String metadataService() {
        ServerLoad server = new ServerLoad(lab, machine);
        long calls = server.targets().stream()
                .filter(TargetLoad::isMdt)
                .flatMap(target -> target.together(now).calls().stream())
                .mapToLong(TargetLoad.Calls::count)
                .sum();
        long locked = calls * 7 / 10;
        return new StatisticsText(machine.bootedAt * 1000, now)
                .times()
                .requests(calls)
                .line("ldlm_ibits_enqueue", locked, "reqs", 1, 1, locked)
                .timed("mds_getattr", calls / 5)
                .timed("obd_ping", server.millisSinceBoot(now) / 1_000)
                .toString();
    }

    private void ost(Lun lun, TargetLoad load) {
        String place = "obdfilter/" + lun.label + "/";
        recovery(place);
        space(place, load);
        put(place + "fstype", "ldiskfs");
        put(place + "num_exports", exports(lun));
        int clients = Clients.count(lun.fsname, now);
        put(place + "tot_dirty", load.dirty(clients, now));
        put(place + "tot_granted", load.granted(clients));
        put(place + "tot_pending", 0);
        values.put(place + "stats", () -> {
            TargetLoad.Done done = load.together(now);
            return new StatisticsText(load.since(), now)
                    .times()
                    .bytes("read_bytes", done.reads())
                    .bytes("write_bytes", done.writes())
                    .timed("read", done.reads())
                    .timed("write", done.writes())
                    .timed(done.calls())
                    .toString();
        });
        values.put(place + "job_stats", () -> StatisticsText.jobs(load.done(now), true, load.since(), now));
        values.put("osd-ldiskfs/" + lun.label + "/brw_stats", () -> {
            TargetLoad.Done done = load.together(now);
            return BlockHistograms.of(done.reads(), done.writes(), new StatisticsText(load.since(), now));
        });
        locks("filter-" + lun.label, 12 * clients, lun);
        values.put("ost/OSS/ost_io/stats", this::transferService);
    }

    private String transferService() {
        long reads = 0;
        long writes = 0;
        for (TargetLoad target : new ServerLoad(lab, machine).targets()) {
            reads += target.isOst() ? target.together(now).reads() : 0;
            writes += target.isOst() ? target.together(now).writes() : 0;
        }
        return new StatisticsText(machine.bootedAt * 1000, now)
                .times()
                .requests(reads + writes)
                .timed("ost_read", reads)
                .timed("ost_write", writes)
                .toString();
    }

    private void recovery(String place) {
        put(place + "recovery_status", "status: INACTIVE");
    }

    private void locks(String namespace, long usual, Lun lun) {
        String place = "ldlm/namespaces/" + namespace + "_UUID/";
        long count = (long) Dice.wave(usual, 0.4, lun.serial, "locks").at(now);
        put(place + "lock_count", count);
        put(place + "lock_unused_count", 0);
        put(place + "resource_count", count * 4 / 5);
        put(place + "contended_locks", 32);
        put(place + "contention_seconds", 2);
        put(place + "lock_timeouts", 0);
    }

    /** Every client has one, and every other target of the file system. */
    private long exports(Lun lun) {
        long targets = lab.state().luns.values().stream()
                .filter(other -> other.mountedOn != null && other.fsname.equals(lun.fsname))
                .count();
        return Clients.count(lun.fsname, now) + targets;
    }
}
