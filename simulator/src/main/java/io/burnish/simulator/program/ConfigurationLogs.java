package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Lun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an MGS knows of its file systems and their parameters: read through {@code debugfs} and {@code llog_reader} (agent contract, 6.7),
 * and changed and printed by {@code lctl} (real Lustre, 4).
 */
final class ConfigurationLogs {

    private static final int ENOENT = 2;
    private static final int EINVAL = 22;
    private static final int FIRST_INDEX = 12;
    private static final Pattern DUMP = Pattern.compile("dump CONFIGS/(\\S+) (\\S+)");

    private ConfigurationLogs() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("debugfs", ConfigurationLogs::debugfs);
        programs.put("llog_reader", ConfigurationLogs::reader);
    }

    private static CommandResult debugfs(Invocation call) {
        Optional<Lun> mgt =
                call.lab().lun(call.machine(), call.last()).filter(lun -> "mgs".equals(lun.role) && lun.uuid != null);
        if (mgt.isEmpty()) {
            return Program.failed(1, "debugfs: Bad magic number in super-block while opening filesystem");
        }
        List<Lun> known = known(call, mgt.get());
        String order = call.after("-R").orElse("");
        Matcher dump = DUMP.matcher(order);
        if (!dump.matches()) {
            return order.startsWith("ls ")
                    ? Program.ok(listing(known))
                    : Program.failed(1, "debugfs: unknown request " + order);
        }
        call.machine().files.put(dump.group(2), reading(known, dump.group(1)));
        return Program.ok();
    }

    /** Registered targets whose management server is on that MGT. */
    private static List<Lun> known(Invocation call, Lun mgt) {
        return call.lab().state().luns.values().stream()
                .filter(lun -> lun.registered && !"mgs".equals(lun.role))
                .filter(lun -> call.lab().state().machines.values().stream()
                        .filter(machine -> call.lab().luns(machine).contains(mgt))
                        .anyMatch(machine ->
                                lun.mgsNids.stream().anyMatch(nid -> nid.startsWith(machine.firstAddress() + "@"))))
                .toList();
    }

    private static String listing(List<Lun> known) {
        TreeSet<String> names = new TreeSet<>();
        for (Lun lun : known) {
            names.add(lun.label);
            names.add(lun.fsname + "-client");
        }
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(
                " %6d  100644 (1)      0      0    8192 24-Nov-2026 10:00 %s\n".formatted(100 + text.length(), name)));
        return text.toString();
    }

    private static String reading(List<Lun> known, String log) {
        StringBuilder text =
                new StringBuilder("Header size : 8192\nTarget uuid : config_uuid\n-----------------------\n");
        int index = FIRST_INDEX;
        for (Lun lun : known) {
            if (log.equals(lun.fsname + "-client")) {
                text.append("#%02d (144)setup     0:%s-%s  1:%s_UUID  2:%s\n"
                        .formatted(index++, lun.label, "mdt".equals(lun.role) ? "mdc" : "osc", lun.label, nid(lun)));
            }
        }
        return text.toString();
    }

    private static String nid(Lun lun) {
        return lun.nid == null ? "" : lun.nid;
    }

    private static CommandResult reader(Invocation call) {
        String content = call.machine().files.get(call.last());
        return content == null ? Program.failed(ENOENT, "Could not open the file " + call.last()) : Program.ok(content);
    }

    /** {@code lctl conf_param [-d] KEY[=VALUE]}: a name that does not exist is accepted in silence, an unknown target is not. */
    static CommandResult set(Invocation call) {
        Optional<Lun> mgt = mounted(call);
        if (mgt.isEmpty()) {
            return noMgs();
        }
        boolean delete = call.has("-d");
        String text = call.last();
        int equals = text.indexOf('=');
        String key = equals < 0 ? text : text.substring(0, equals);
        int dot = key.indexOf('.');
        if (dot < 0 || equals < 0 && !delete) {
            return Program.ok();
        }
        String subject = key.substring(0, dot);
        boolean target = subject.contains("-");
        if (target && known(call, mgt.get()).stream().noneMatch(lun -> lun.label.equals(subject))) {
            return Program.failed(EINVAL, "error: conf_param: Invalid argument");
        }
        String name = key.substring(dot + 1);
        String filesystem = target ? subject.substring(0, subject.lastIndexOf('-')) : subject;
        String log = !target || name.startsWith("osc.") ? filesystem + "-client" : subject;
        List<String> records = mgt.get().parameters.computeIfAbsent(log, absent -> new ArrayList<>());
        records.removeIf(old -> old.startsWith(subject + " " + name + "="));
        if (!delete) {
            records.add(subject + " " + name + text.substring(equals));
        }
        return Program.ok();
    }

    /** The MGS writes a target's log anew, for the first MDT also that of the clients: their parameters are lost. */
    static void writeAnew(Invocation call, Lun lun) {
        call.lab().state().luns.values().stream()
                .filter(mgt -> "mgs".equals(mgt.role) && mgt.mountedOn != null)
                .forEach(mgt -> {
                    mgt.parameters.remove(lun.label);
                    if ("mdt".equals(lun.role) && lun.index == 0) {
                        mgt.parameters.remove(lun.fsname + "-client");
                    }
                });
        lun.writeconf = false;
    }

    /** {@code lctl --device MGS llog_print LOG}. */
    static CommandResult print(Invocation call) {
        Optional<Lun> mgt = mounted(call);
        if (mgt.isEmpty()) {
            return noMgs();
        }
        String log = call.last();
        boolean exists = known(call, mgt.get()).stream()
                .anyMatch(lun -> log.equals(lun.label) || log.equals(lun.fsname + "-client"));
        if (!exists) {
            return Program.failed(ENOENT, "OBD_IOC_LLOG_PRINT failed: No such file or directory");
        }
        StringBuilder text = new StringBuilder(
                "- { index: 2, event: attach, device: %s, type: lov, UUID: %s_UUID }\n".formatted(log, log));
        int index = FIRST_INDEX;
        for (String record : mgt.get().parameters.getOrDefault(log, List.of())) {
            int blank = record.indexOf(' ');
            text.append("- { index: %d, event: conf_param, device: %s, parameter: %s }\n"
                    .formatted(index++, record.substring(0, blank), record.substring(blank + 1)));
        }
        return Program.ok(text.toString());
    }

    private static Optional<Lun> mounted(Invocation call) {
        return call.lab().luns(call.machine()).stream()
                .filter(lun -> "mgs".equals(lun.role) && call.machine().fqdn.equals(lun.mountedOn))
                .findFirst();
    }

    private static CommandResult noMgs() {
        return Program.failed(EINVAL, "No device found for name MGS: Invalid argument");
    }
}
