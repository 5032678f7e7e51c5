package io.burnish.simulator.load;

import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import java.util.Locale;

/** Files below {@code /proc} of a server with eight processors, as its work has left them. Lustre's counters are {@link LustreFigures}. */
public final class KernelFigures {

    private static final int PROCESSORS = 8;
    private static final double TICKS_PER_MILLI = 0.1;
    private static final int SECTORS_PER_CALL = (int) (Job.BYTES_PER_CALL / 512);
    private static final long MEMORY = 65_701_552;
    private static final long KERNEL = 2_900_000;
    private static final long SWAP = 4_194_300;
    private static final int MESSAGES_PER_TRANSFER = 4;
    private static final int MESSAGE_BYTES = 480;
    private static final double CALLS_PER_LOAD = 300;

    private final Lab lab;
    private final Machine machine;
    private final ServerLoad load;
    private final long now;

    /** Figures of a server at a time in milliseconds; under the laboratory's lock. */
    public KernelFigures(Lab lab, Machine machine, long now) {
        this.lab = lab;
        this.machine = machine;
        this.load = new ServerLoad(lab, machine);
        this.now = now;
    }

    /** {@code /proc/stat}: all processors together, then each with an equal part. */
    public String stat() {
        Work work = load.work(now);
        double all = load.millisSinceBoot(now) * TICKS_PER_MILLI * PROCESSORS;
        double user = all * 0.004 + work.transfers() * 0.02 + work.calls() * 0.01;
        double system = all * 0.003 + work.transfers() * 0.15 + work.calls() * 0.04;
        double waiting = all * 0.001 + work.transfers() * 0.2 + work.calls() * 0.004;
        double softirq = work.transfers() * 0.02 + work.calls() * 0.002;
        double idle = Math.max(0, all - user - system - waiting - softirq);
        StringBuilder text = new StringBuilder("cpu  ");
        ticks(text, 1, user, system, idle, waiting, softirq);
        for (int processor = 0; processor < PROCESSORS; processor++) {
            text.append("cpu").append(processor).append(' ');
            ticks(text, PROCESSORS, user, system, idle, waiting, softirq);
        }
        return text.append("btime ").append(machine.bootedAt).append('\n').toString();
    }

    private static void ticks(
            StringBuilder text, int divisor, double user, double system, double idle, double wait, double soft) {
        text.append("%d 0 %d %d %d 0 %d 0 0 0\n"
                .formatted(
                        (long) user / divisor,
                        (long) system / divisor,
                        (long) idle / divisor,
                        (long) wait / divisor,
                        (long) soft / divisor));
    }

    /** {@code /proc/meminfo}: what is served is cached. */
    public String meminfo() {
        double share = load.targets().isEmpty() ? 0.03 : Dice.between(0.35, 0.6, machine.fqdn, "cache");
        long cached =
                (long) Dice.wave(MEMORY * share, 0.2, machine.fqdn, "cached").at(now);
        long buffers = MEMORY / 200;
        return """
                MemTotal:       %8d kB
                MemFree:        %8d kB
                MemAvailable:   %8d kB
                Buffers:        %8d kB
                Cached:         %8d kB
                SwapCached:            0 kB
                SwapTotal:      %8d kB
                SwapFree:       %8d kB
                HugePages_Total:       0
                """.formatted(
                        MEMORY,
                        MEMORY - KERNEL - buffers - cached,
                        MEMORY - KERNEL - buffers - cached / 10,
                        buffers,
                        cached,
                        SWAP,
                        SWAP);
    }

    /** {@code /proc/loadavg}: a wave is slower than fifteen minutes, so all three are the same. */
    public String loadavg() {
        double processes = 0.05 + load.intensity(now) / CALLS_PER_LOAD;
        return String.format(
                Locale.ROOT, "%.2f %.2f %.2f %d/412 20411%n", processes, processes, processes, 1 + (int) processes);
    }

    /** {@code /proc/diskstats}: LUNs whose targets are mounted here. */
    public String diskstats() {
        StringBuilder text = new StringBuilder("   8       0 sda 245 0 10976 212 1830 112 65408 1204 0 2204 1416\n");
        int minor = 16;
        for (Lun lun : lab.luns(machine)) {
            TargetLoad.Done done = machine.fqdn.equals(lun.mountedOn)
                    ? new TargetLoad(lun).together(now)
                    : new TargetLoad.Done("", 0, 0, java.util.List.of());
            text.append("   8 %7d %s %d 0 %d %d %d 0 %d %d 0 %d %d\n"
                    .formatted(
                            minor,
                            lun.name,
                            done.reads(),
                            done.reads() * SECTORS_PER_CALL,
                            done.reads() * 3,
                            done.writes(),
                            done.writes() * SECTORS_PER_CALL,
                            done.writes() * 4,
                            (done.reads() + done.writes()) * 2,
                            done.reads() * 3 + done.writes() * 4));
            minor += 16;
        }
        return text.toString();
    }

    /** {@code /proc/net/dev}: clients come through the first interface. */
    public String networkDevices() {
        Work work = load.work(now);
        long bytes = 1_000_000 + bytesEachWay(work);
        long packets = 1_000 + bytesEachWay(work) / 1_400;
        return """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
                  eth0: %d %d    0    0    0     0          0         0 %d %d    0    0    0     0       0          0
                  eth1:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
                """.formatted(bytes, packets, bytes, packets);
    }

    /** The eleven numbers of LNet (parameter {@code stats}). */
    public String lnet() {
        Work work = load.work(now);
        long messages = messages(work);
        long bytes = bytesEachWay(work);
        return "0 181 0 %d %d 0 0 %d %d 0 0".formatted(messages, messages + messages / 500, bytes, bytes);
    }

    private static long messages(Work work) {
        return (long) (work.transfers() * MESSAGES_PER_TRANSFER + work.calls());
    }

    private static long bytesEachWay(Work work) {
        return (long) (work.transfers() * Job.BYTES_PER_CALL / 2) + messages(work) * MESSAGE_BYTES;
    }
}
