package io.burnish.simulator.program;

import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is installed on a virtual server, and the files that its kernel makes up. */
public final class Programs {

    /** Programs that a server without ZFS, LVM, device mapper, software RAID and NetworkManager does not have. */
    private static final Set<String> NOT_INSTALLED =
            Set.of("partprobe", "vgs", "lvs", "dmsetup", "mdadm", "zfs", "zpool", "powermt", "dkms", "zgenhostid");

    private final Map<String, Program> byName = new HashMap<>();

    /** All programs. */
    public Programs() {
        DiskPrograms.addTo(byName);
        LustrePrograms.addTo(byName);
        ConfigurationLogs.addTo(byName);
        NetworkPrograms.addTo(byName);
        ServicePrograms.addTo(byName);
        ClusterPrograms.addTo(byName);
    }

    /** The program of that name; empty if it is not there. */
    public Optional<Program> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether its absence is normal. */
    public boolean absentOnPurpose(String name) {
        return NOT_INSTALLED.contains(name);
    }

    /** The content of a file below {@code /proc} or {@code /sys}; empty if it is an ordinary one. */
    public Optional<String> kernelFile(Lab lab, Machine machine, String path) {
        return switch (path) {
            case "/proc/partitions" -> Optional.of(DiskPrograms.partitions(lab, machine));
            case "/proc/mounts" -> Optional.of(LustrePrograms.mounts(lab, machine));
            case "/proc/modules" -> Optional.of(LustrePrograms.modules(machine));
            case "/proc/net/dev" -> Optional.of(NetworkPrograms.devices());
            case "/proc/stat" ->
                Optional.of("cpu  1000 0 500 90000 100 0 10 0 0 0\ncpu0 1000 0 500 90000 100 0 10 0 0 0\nbtime "
                        + machine.bootedAt + "\n");
            case "/proc/meminfo" ->
                Optional.of("MemTotal:       16384000 kB\nMemFree:        12000000 kB\nBuffers:          100000 kB\n"
                        + "Cached:          2000000 kB\nSwapTotal:       4096000 kB\nSwapFree:        4096000 kB\n");
            case "/proc/sys/kernel/osrelease" -> Optional.of("4.18.0-553.el8_lustre.x86_64\n");
            case "/etc/os-release" ->
                Optional.of(
                        "NAME=\"Rocky Linux\"\nVERSION_ID=\"8.10\"\nID=\"rocky\"\nPRETTY_NAME=\"Rocky Linux 8.10 (Green Obsidian)\"\n");
            case "/etc/fstab" -> Optional.of("/dev/sda1 / xfs defaults 0 0\n");
            default -> Optional.empty();
        };
    }
}
