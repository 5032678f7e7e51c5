package io.burnish.simulator.program;

import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.load.KernelFigures;
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
        PackagePrograms.addTo(byName);
        ClientPrograms.addTo(byName);
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
            case "/proc/mounts" -> Optional.of(Mounts.mounted(lab, machine));
            case "/proc/modules" -> Optional.of(KernelModules.loaded(machine));
            case "/proc/stat" -> Optional.of(figures(lab, machine).stat());
            case "/proc/meminfo" -> Optional.of(figures(lab, machine).meminfo());
            case "/proc/loadavg" -> Optional.of(figures(lab, machine).loadavg());
            case "/proc/diskstats" -> Optional.of(figures(lab, machine).diskstats());
            case "/proc/net/dev" -> Optional.of(figures(lab, machine).networkDevices());
            case "/proc/sys/kernel/osrelease" -> Optional.of(machine.kernel + "\n");
            case "/etc/os-release" ->
                Optional.of(
                        "NAME=\"Rocky Linux\"\nVERSION_ID=\"8.10\"\nID=\"rocky\"\nPRETTY_NAME=\"Rocky Linux 8.10 (Green Obsidian)\"\n");
            case "/etc/fstab" -> Optional.of(ClientPrograms.fstab(machine));
            default -> Optional.empty();
        };
    }

    /** Starts the newest kernel that is installed. */
    public static void boot(Machine machine) {
        machine.kernel = PackagePrograms.newestKernel(machine);
    }

    private static KernelFigures figures(Lab lab, Machine machine) {
        return new KernelFigures(lab, machine, System.currentTimeMillis());
    }
}
