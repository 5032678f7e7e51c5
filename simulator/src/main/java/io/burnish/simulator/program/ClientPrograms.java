package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.hsm.Coordinator;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lustre clients: mounts by {@code /etc/fstab}, {@code lfs hsm_…}, and what copytools need of the system. */
final class ClientPrograms {

    private static final String FSTAB = "/etc/fstab";
    private static final String ROOT = "/dev/sda1 / xfs defaults 0 0\n";
    private static final int BUSY = 32;

    private ClientPrograms() {}

    static void addTo(Map<String, Program> programs) {
        // the agent names them with their directory (agent contract, 12)
        programs.put("/bin/mount", programs.get("mount"));
        programs.put("/bin/umount", programs.get("umount"));
        programs.put("lfs", ClientPrograms::lfs);
        programs.put("mkfifo", call -> {
            call.machine().files.put(call.last(), "");
            return Program.ok();
        });
        // nothing but the monitor itself reads a FIFO here
        programs.put("lsof", call -> new CommandResult(1, "", ""));
    }

    static String fstab(Machine machine) {
        return machine.files.getOrDefault(FSTAB, ROOT);
    }

    /** {@code mount MOUNTPOINT}. */
    static CommandResult mount(Invocation call) {
        Machine machine = call.machine();
        String point = call.last();
        Optional<String> spec = fstab(machine)
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length > 2 && words[1].equals(point) && words[2].equals("lustre"))
                .map(words -> words[0])
                .findFirst();
        if (spec.isEmpty()) {
            return Program.failed(1, "mount: %s: can't find in /etc/fstab.".formatted(point));
        }
        String failure = "mount.lustre: mount %s at %s failed: ".formatted(spec.get(), point);
        if (!machine.lnetUp) {
            return Program.failed(19, failure + "No such device\nAre the lustre modules loaded?");
        }
        if (machine.clientMounts.containsKey(point)) {
            return Program.failed(17, failure + "File exists");
        }
        String name = spec.get().substring(spec.get().lastIndexOf(":/") + 2);
        if (!serves(call.lab(), spec.get())) {
            return Program.failed(5, failure + "Input/output error\nIs the MGS running?");
        }
        if (mounted(call.lab()).stream().noneMatch(lun -> "mdt".equals(lun.role) && name.equals(lun.fsname))) {
            return Program.failed(2, failure + "No such file or directory\nIs the MGS specification correct?");
        }
        machine.clientMounts.put(point, spec.get());
        return Program.ok();
    }

    private static boolean serves(Lab lab, String spec) {
        List<String> nids = Arrays.asList(spec.substring(0, spec.lastIndexOf(":/"))
                .replace("@tcp0", "@tcp")
                .split("[,:]"));
        return mounted(lab).stream()
                .filter(lun -> "mgs".equals(lun.role))
                .map(lun -> lab.state().machines.get(lun.mountedOn))
                .anyMatch(server -> server.poweredOn && server.lnetUp && nids.contains(server.firstAddress() + "@tcp"));
    }

    private static List<Lun> mounted(Lab lab) {
        return lab.state().luns.values().stream()
                .filter(lun -> lun.mountedOn != null)
                .toList();
    }

    /** Unmounts a client; empty if there is none at that place. */
    static Optional<CommandResult> umount(Invocation call) {
        Machine machine = call.machine();
        if (!machine.clientMounts.containsKey(call.last())) {
            return Optional.empty();
        }
        boolean used = machine.movers.keySet().stream()
                .anyMatch(unit ->
                        machine.files.getOrDefault("/etc/init.d/" + unit, "").contains("'" + call.last() + "'"));
        if (used) {
            return Optional.of(Program.failed(BUSY, "umount: %s: target is busy.".formatted(call.last())));
        }
        machine.clientMounts.remove(call.last());
        return Optional.of(Program.ok());
    }

    /** The clients in {@code /proc/mounts}. */
    static String mounts(Machine machine) {
        StringBuilder text = new StringBuilder();
        machine.clientMounts.forEach((point, spec) -> text.append(
                "%s %s lustre rw,flock,user_xattr,lazystatfs 0 0\n".formatted(spec.replace("@tcp0", "@tcp"), point)));
        return text.toString();
    }

    /** {@code lfs hsm_archive|hsm_restore|hsm_remove [--archive N] FILE}. */
    private static CommandResult lfs(Invocation call) {
        String verb = call.arg(0);
        if (!List.of("hsm_archive", "hsm_restore", "hsm_remove").contains(verb)) {
            return Program.failed(1, "lfs: unknown command: " + verb);
        }
        String file = call.last();
        Optional<Map.Entry<String, String>> mount = call.machine().clientMounts.entrySet().stream()
                .filter(entry -> file.startsWith(entry.getKey() + "/"))
                .findFirst();
        if (mount.isEmpty()) {
            return Program.failed(1, "Cannot stat '%s': No such file or directory".formatted(file));
        }
        String spec = mount.get().getValue();
        boolean taken = new Coordinator(call.lab(), spec.substring(spec.lastIndexOf(":/") + 2))
                .take(
                        verb.substring("hsm_".length()).toUpperCase(Locale.ROOT),
                        call.after("--archive").map(Integer::parseInt).orElse(1),
                        file.substring(mount.get().getKey().length() + 1));
        return taken
                ? Program.ok()
                : Program.failed(
                        11, "Cannot send HSM request (use of %s): Resource temporarily unavailable".formatted(file));
    }
}
