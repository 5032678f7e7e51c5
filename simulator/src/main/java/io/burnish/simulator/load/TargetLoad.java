package io.burnish.simulator.load;

import io.burnish.simulator.lab.Lun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What clients do to one mounted target. Counters begin at nothing when it is mounted, as real ones do; how full it is depends on the time
 * alone, so it survives.
 */
final class TargetLoad {

    /** Metadata calls of a job come as these, in these shares. */
    private static final List<Share> MDT_CALLS = List.of(
            new Share("open", 0.22),
            new Share("close", 0.22),
            new Share("mknod", 0.04),
            new Share("link", 0.002),
            new Share("unlink", 0.03),
            new Share("mkdir", 0.003),
            new Share("rmdir", 0.002),
            new Share("rename", 0.01),
            new Share("getattr", 0.36),
            new Share("setattr", 0.02),
            new Share("getxattr", 0.07),
            new Share("setxattr", 0.002),
            new Share("statfs", 0.016),
            new Share("sync", 0.005));

    private static final List<Share> OST_CALLS = List.of(
            new Share("setattr", 0.05),
            new Share("punch", 0.02),
            new Share("sync", 0.03),
            new Share("destroy", 0.03),
            new Share("create", 0.02),
            new Share("statfs", 0.6),
            new Share("get_info", 0.01),
            new Share("connect", 0.0001),
            new Share("ping", 0.2));

    /** Jobs work more with an MDT's names than with an OST's attributes. */
    private static final double MDT_FACTOR = 15;

    private static final double HALF_DAY = 43_200;

    private final Lun lun;
    private final List<Job> jobs;

    TargetLoad(Lun lun) {
        this.lun = lun;
        this.jobs = lun.role.equals("mgs") ? List.of() : Job.on(lun.fsname, lun.serial);
    }

    /** A kind of call and its part of all. */
    record Share(String name, double part) {}

    /** Calls of one kind since the mount. */
    record Calls(String name, long count) {}

    /** What one job has done since the mount. */
    record Done(String job, long reads, long writes, List<Calls> calls) {}

    boolean isOst() {
        return lun.role.equals("ost");
    }

    boolean isMdt() {
        return lun.role.equals("mdt");
    }

    long since() {
        return lun.mountedAt;
    }

    /** What each job has done up to a time. */
    List<Done> done(long now) {
        return jobs.stream().map(job -> done(job, now)).toList();
    }

    private Done done(Job job, long now) {
        double metadata = job.metadata().total(lun.mountedAt, now) * (isMdt() ? MDT_FACTOR : 1);
        List<Calls> calls = shares().stream()
                .map(share -> new Calls(share.name(), (long) (metadata * share.part())))
                .toList();
        return isMdt()
                ? new Done(job.id(), 0, 0, calls)
                : new Done(
                        job.id(),
                        (long) job.reads().total(lun.mountedAt, now),
                        (long) job.writes().total(lun.mountedAt, now),
                        calls);
    }

    /** What all jobs together have done up to a time. */
    Done together(long now) {
        List<Done> all = done(now);
        List<Calls> calls = new ArrayList<>();
        for (int i = 0; i < shares().size(); i++) {
            int kind = i;
            calls.add(new Calls(
                    shares().get(i).name(),
                    all.stream().mapToLong(one -> one.calls().get(kind).count()).sum()));
        }
        return new Done("", sum(all, Done::reads), sum(all, Done::writes), calls);
    }

    private static long sum(List<Done> all, Function<Done, Long> value) {
        return all.stream().mapToLong(value::apply).sum();
    }

    private List<Share> shares() {
        return isMdt() ? MDT_CALLS : OST_CALLS;
    }

    /** The work it has made for its server. */
    Work work(long now) {
        double io = 0;
        double metadata = 0;
        for (Job job : jobs) {
            io += isOst() ? job.reads().total(lun.mountedAt, now) + job.writes().total(lun.mountedAt, now) : 0;
            metadata += job.metadata().total(lun.mountedAt, now) * (isMdt() ? MDT_FACTOR : 1);
        }
        return new Work(io, metadata);
    }

    /** Calls a second at a time, reads and writes counted as five. */
    double intensity(long now) {
        return jobs.stream()
                .mapToDouble(job -> isMdt()
                        ? MDT_FACTOR * job.metadata().at(now)
                        : 5 * (job.reads().at(now) + job.writes().at(now)))
                .sum();
    }

    long kilobytesTotal() {
        return lun.size >> 10;
    }

    /** Between a tenth and two thirds are full, more by day than by night. */
    long kilobytesFree(long now) {
        double full = Dice.between(0.25, 0.5, lun.serial, "full");
        Wave level = new Wave(full, 0.3, HALF_DAY, 2 * Math.PI * Dice.of(lun.serial, "level"));
        return (long) (kilobytesTotal() * (1 - level.at(now)));
    }

    long filesTotal() {
        return lun.inodeCount;
    }

    long filesFree(long now) {
        return (long) (lun.inodeCount * (0.5 + 0.5 * kilobytesFree(now) / Math.max(1, kilobytesTotal())));
    }

    /** Bytes that clients may still write without asking, of which some are waiting in their memory. */
    long granted(int clients) {
        return clients * 8L * 1024 * 1024;
    }

    long dirty(int clients, long now) {
        return (long)
                Dice.wave(granted(clients) / 4.0, 0.9, lun.serial, "dirty").at(now);
    }
}
