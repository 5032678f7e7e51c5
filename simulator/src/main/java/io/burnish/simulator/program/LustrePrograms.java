package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.model.Nid;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.load.ServerLoad;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lustre's own programs, {@code mount} and the modules (real Lustre: exit codes and texts of 2.15 and later). */
final class LustrePrograms {

    private static final Pattern INODE_SIZE = Pattern.compile("-I (\\d+)");
    private static final Pattern INODE_COUNT = Pattern.compile("-N (\\d+)");
    private static final Pattern BYTES_PER_INODE = Pattern.compile("-i (\\d+)");
    private static final long DEFAULT_BYTES_PER_INODE = 16_384;
    private static final List<String> LUSTRE_MODULES = List.of("lnet", "ksocklnd", "obdclass", "ptlrpc", "lustre");

    private LustrePrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("mkfs.lustre", LustrePrograms::mkfs);
        programs.put("tunefs.lustre", LustrePrograms::tunefs);
        programs.put("mount", LustrePrograms::mount);
        programs.put("umount", LustrePrograms::umount);
        programs.put("lctl", LustrePrograms::lctl);
        programs.put(
                "lnetctl",
                call -> call.machine().modules.contains("lnet") && call.machine().lnetUp
                        ? Program.ok("net:\n    - net type: lo\n")
                        : Program.failed(
                                255,
                                "show:\n    - net:\n          errno: -100\n          descr: cannot get networks: Network is down"));
        programs.put("modprobe", LustrePrograms::modprobe);
        programs.put("rmmod", LustrePrograms::rmmod);
    }

    private static CommandResult mkfs(Invocation call) {
        Optional<Lun> found = call.lab().lun(call.machine(), call.last());
        if (found.isEmpty()) {
            return Program.failed(2, "mkfs.lustre: Unable to stat '" + call.last() + "': No such file or directory");
        }
        Lun lun = found.get();
        if (lun.mountedOn != null) {
            return Program.failed(16, "mkfs.lustre FATAL: " + call.last() + " is mounted");
        }
        if (lun.uuid != null && !call.has("--reformat")) {
            return Program.failed(
                    1,
                    "mkfs.lustre FATAL: Device " + call.last()
                            + " was previously formatted for lustre. Use --reformat to reformat it");
        }
        lun.uuid = UUID.randomUUID().toString();
        lun.role = call.has("--mgs") ? "mgs" : call.has("--mdt") ? "mdt" : "ost";
        lun.fsname = call.value("fsname").orElse("");
        lun.index = call.value("index").map(Integer::valueOf).orElse(-1);
        lun.mgsNids = call.values("mgsnode").stream()
                .flatMap(nids -> Arrays.stream(nids.split(",")))
                .toList();
        lun.registered = lun.role.equals("mgs");
        lun.label = lun.role.equals("mgs") ? "MGS" : name(lun, ":");
        String options = call.value("mkfsoptions").orElse("");
        lun.inodeSize = number(INODE_SIZE, options)
                .orElse(lun.role.equals("mdt") ? 1024L : 512L)
                .intValue();
        lun.inodeCount = number(INODE_COUNT, options)
                .orElse(lun.size / number(BYTES_PER_INODE, options).orElse(DEFAULT_BYTES_PER_INODE));
        lun.nid = null;
        lun.parameters.clear();
        lun.formats++;
        return Program.ok("""

                   Permanent disk data:
                Target:     %s
                Index:      %d
                Lustre FS:  %s
                Mount type: ldiskfs
                Flags:      0x%s
                              (%s first_time update )

                formatting backing filesystem ldiskfs on %s
                Writing CONFIGS/mountdata
                """.formatted(
                        lun.label,
                        Math.max(lun.index, 0),
                        lun.fsname,
                        lun.role.equals("mgs") ? "64" : "62",
                        lun.role.toUpperCase(java.util.Locale.ROOT),
                        call.last()));
    }

    private static Optional<Long> number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static String name(Lun lun, String separator) {
        return "%s%s%s%04x".formatted(lun.fsname, separator, lun.role.equals("mdt") ? "MDT" : "OST", lun.index);
    }

    private static CommandResult tunefs(Invocation call) {
        Optional<Lun> changed = call.lab()
                .lun(call.machine(), call.last())
                .filter(lun -> lun.uuid != null)
                .filter(lun -> !call.has("--dryrun"));
        if (changed.isPresent()) {
            if (changed.get().mountedOn != null) {
                return Program.failed(16, "tunefs.lustre FATAL: " + call.last() + " is mounted");
            }
            tune(call, changed.get());
        }
        return call.lab()
                .lun(call.machine(), call.last())
                .filter(lun -> lun.uuid != null)
                .map(lun -> Program.ok("""
                        checking for existing Lustre data: found

                           Read previous values:
                        Target:     %s
                        Index:      %s
                        Lustre FS:  %s
                        Mount type: ldiskfs
                        Flags:      0x%x
                                      (%s %s)
                        Persistent mount opts: user_xattr,errors=remount-ro
                        Parameters: %s

                        """.formatted(
                                lun.label,
                                lun.index < 0 ? "unassigned" : Integer.toString(lun.index),
                                lun.fsname,
                                flags(lun),
                                lun.role.toUpperCase(java.util.Locale.ROOT),
                                lun.registered ? "" : "first_time update ",
                                lun.mgsNids.isEmpty() ? "" : "mgsnode=" + String.join(",", lun.mgsNids))))
                .orElseGet(() -> Program.failed(
                        19, "tunefs.lustre FATAL: Device " + call.last() + " has not been formatted with mkfs.lustre"));
    }

    private static void tune(Invocation call, Lun lun) {
        List<String> nids = call.values("mgsnode").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .toList();
        if (call.has("--erase-params") || !nids.isEmpty()) {
            lun.mgsNids = nids;
        }
        lun.writeconf |= call.has("--writeconf");
    }

    private static int flags(Lun lun) {
        int role =
                switch (lun.role) {
                    case "mgs" -> 4;
                    case "mdt" -> 1;
                    default -> 2;
                };
        return role | (lun.registered ? 0 : 0x60) | (lun.writeconf ? 0x100 : 0);
    }

    private static CommandResult mount(Invocation call) {
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
            lun.label = name(lun, "-");
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

    private static CommandResult umount(Invocation call) {
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

    private static CommandResult modprobe(Invocation call) {
        String module = call.last();
        if (module.equals("lustre") || module.equals("lnet")) {
            LnetNetworks.load(call.machine());
            call.machine().modules.addAll(module.equals("lnet") ? LUSTRE_MODULES.subList(0, 2) : LUSTRE_MODULES);
            return Program.ok();
        }
        if (module.equals("osd_ldiskfs")) {
            call.machine().modules.add(module);
            return Program.ok();
        }
        return Program.failed(1, "modprobe: FATAL: Module " + module + " not found");
    }

    private static CommandResult rmmod(Invocation call) {
        String module = call.last();
        if (module.equals("lnet") && call.machine().lnetUp) {
            return Program.failed(1, "rmmod: ERROR: Module lnet is in use");
        }
        boolean serving = call.lab().luns(call.machine()).stream()
                .anyMatch(lun -> call.machine().fqdn.equals(lun.mountedOn));
        if (serving || !call.machine().clientMounts.isEmpty()) {
            return Program.failed(1, "rmmod: ERROR: Module " + module + " is in use");
        }
        return call.machine().modules.remove(module)
                ? Program.ok()
                : Program.failed(1, "rmmod: ERROR: Module " + module + " is not currently loaded");
    }

    private static CommandResult lctl(Invocation call) {
        return switch (call.arg(0)) {
            case "net" -> net(call);
            case "get_param" -> GetParam.run(call);
            case "erase_lcfg" -> Program.ok();
            case "conf_param" -> ConfigurationLogs.set(call);
            case "--device" -> ConfigurationLogs.print(call);
            default -> Program.failed(2, "lctl: unknown command: " + call.arg(0));
        };
    }

    private static CommandResult net(Invocation call) {
        Machine machine = call.machine();
        if (call.arg(1).equals("up")) {
            if (!machine.modules.contains("lnet")) {
                return Program.failed(19, "LNET configure error 19: No such device");
            }
            Optional<CommandResult> failure = LnetNetworks.failure(machine);
            if (failure.isPresent()) {
                return failure.get();
            }
            machine.lnetUp = true;
            return Program.ok("LNET configured\n");
        }
        machine.lnetUp = false;
        return Program.ok("LNET ready to unload\n");
    }

    /** {@code /proc/mounts}. */
    static String mounts(io.burnish.simulator.lab.Lab lab, Machine machine) {
        StringBuilder text = new StringBuilder("/dev/sda1 / xfs rw,relatime 0 0\n");
        for (Lun lun : lab.luns(machine)) {
            if (machine.fqdn.equals(lun.mountedOn)) {
                text.append("%s %s lustre ro,svname=%s,mgs,osd=osd-ldiskfs,errors=remount-ro 0 0\n"
                        .formatted(lun.device(), lun.mountPoint, lun.label));
            }
        }
        return text.append(ClientPrograms.mounts(machine)).toString();
    }

    /** {@code /proc/modules}. */
    static String modules(Machine machine) {
        StringBuilder text = new StringBuilder("xfs 2015232 1 - Live 0xffffffffc0400000\n");
        for (String module : machine.modules) {
            String users =
                    switch (module) {
                        case "lnet" ->
                            String.join(
                                    ",",
                                    machine.modules.stream()
                                            .filter(user -> !user.equals("lnet"))
                                            .toList());
                        default -> "";
                    };
            text.append("%s 1000000 %d %s Live 0xffffffffc0800000\n"
                    .formatted(
                            module,
                            users.isEmpty() ? 0 : users.split(",").length,
                            users.isEmpty() ? "-" : users + ","));
        }
        return text.toString();
    }
}
