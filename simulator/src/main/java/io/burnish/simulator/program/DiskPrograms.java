package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import java.util.Map;
import java.util.Optional;

/** Block devices as the kernel, udev and util-linux show them. */
final class DiskPrograms {

    private static final long SYSTEM_DISK = 40L << 30;
    private static final String SYSTEM_SERIAL = "3600140500000000000000000000000";

    private DiskPrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("udevadm", DiskPrograms::udevadm);
        programs.put("lsblk", DiskPrograms::lsblk);
        programs.put("/lib/udev/scsi_id", DiskPrograms::scsiId);
        programs.put("blkid", DiskPrograms::blkid);
        programs.put("dumpe2fs", DiskPrograms::dumpe2fs);
    }

    private static CommandResult lsblk(Invocation call) {
        StringBuilder json = new StringBuilder("{\"blockdevices\": [");
        json.append(disk("sda", 8, 0, SYSTEM_DISK, null, null));
        json.append(", ").append(partition());
        int minor = 16;
        for (Lun lun : call.lab().luns(call.machine())) {
            json.append(", ").append(disk(lun.name, 8, minor, lun.size, type(lun), lun.serial));
            minor += 16;
        }
        return Program.ok(json.append("]}\n").toString());
    }

    private static String type(Lun lun) {
        return lun.uuid == null ? null : "ext4";
    }

    private static String disk(String name, int major, int minor, long size, String type, String serial) {
        return """
                {"name": "%s", "kname": "%s", "path": "/dev/%s", "maj:min": "%d:%d", "type": "disk", "fstype": %s, "size": %d, \
                "ro": false, "pkname": null, "serial": %s}""".formatted(name, name, name, major, minor, quoted(type), size, quoted(serial));
    }

    private static String partition() {
        return """
                {"name": "sda1", "kname": "sda1", "path": "/dev/sda1", "maj:min": "8:1", "type": "part", "fstype": "xfs", "size": %d, \
                "ro": false, "pkname": "sda", "serial": null}""".formatted(SYSTEM_DISK - (1L << 20));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static CommandResult udevadm(Invocation call) {
        if (call.arg(0).equals("settle")) {
            return Program.ok();
        }
        if (call.has("--path")) {
            boolean loaded = call.last().equals("/sys/module/lnet")
                    && call.machine().modules.contains("lnet");
            return loaded ? Program.ok("P: /module/lnet\n") : Program.failed(4, "Unknown device");
        }
        StringBuilder text = new StringBuilder();
        device(text, "sda", 0, SYSTEM_SERIAL + call.machine().address, 1, null, null);
        text.append("""
                P: /devices/virtual/sda/sda1
                N: sda1
                E: DEVPATH=/devices/virtual/sda/sda1
                E: SUBSYSTEM=block
                E: DEVNAME=/dev/sda1
                E: DEVTYPE=partition
                E: MAJOR=8
                E: MINOR=1
                E: ID_PART_ENTRY_NUMBER=1
                E: ID_FS_TYPE=xfs

                """);
        int minor = 16;
        for (Lun lun : call.lab().luns(call.machine())) {
            device(text, lun.name, minor, lun.serial, minor, lun.link(), type(lun));
            minor += 16;
        }
        return Program.ok(text.toString());
    }

    private static void device(
            StringBuilder text, String name, int minor, String serial, int sequence, String link, String type) {
        text.append("P: /devices/virtual/").append(name).append('\n');
        text.append("N: ").append(name).append('\n');
        line(text, "DEVPATH", "/devices/virtual/" + name);
        line(text, "SUBSYSTEM", "block");
        line(text, "DEVNAME", "/dev/" + name);
        line(text, "DEVTYPE", "disk");
        if (link != null) {
            line(text, "DEVLINKS", link);
        }
        line(text, "MAJOR", "8");
        line(text, "MINOR", Integer.toString(minor));
        line(text, "ID_SCSI", "1");
        line(text, "ID_BUS", "scsi");
        line(text, "ID_SERIAL", serial);
        line(text, "SCSI_IDENT_SERIAL", serial.substring(1));
        line(text, "DISKSEQ", Integer.toString(sequence));
        if (type != null) {
            line(text, "ID_FS_TYPE", type);
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("E: ").append(key).append('=').append(value).append('\n');
    }

    private static CommandResult scsiId(Invocation call) {
        if (call.last().equals("/dev/sda")) {
            return Program.ok(SYSTEM_SERIAL + call.machine().address + "\n");
        }
        boolean page83 = call.has("0x83");
        return call.lab()
                .lun(call.machine(), call.last())
                .map(lun -> Program.ok(
                        (page83 ? lun.serial : "SSIM     VIRTUAL-DISK    " + lun.serial.substring(1)) + "\n"))
                .orElseGet(() -> Program.failed(1, ""));
    }

    private static CommandResult blkid(Invocation call) {
        if (call.arg(0).equals("-U")) {
            return Program.failed(2, "");
        }
        Optional<Lun> found = call.lab().lun(call.machine(), call.last());
        if (found.isEmpty() || found.get().uuid == null) {
            return new CommandResult(2, "", "");
        }
        Lun lun = found.get();
        return switch (call.after("-s").orElse("")) {
            case "TYPE" -> Program.ok("ext4\n");
            case "UUID" -> Program.ok(lun.uuid + "\n");
            case "LABEL" -> Program.ok(lun.label + "\n");
            default -> new CommandResult(2, "", "");
        };
    }

    private static CommandResult dumpe2fs(Invocation call) {
        return call.lab()
                .lun(call.machine(), call.last())
                .filter(lun -> lun.uuid != null)
                .map(lun -> Program.ok("""
                        Filesystem volume name:   %s
                        Filesystem UUID:          %s
                        Inode count:              %d
                        Inode size:               %d
                        """.formatted(lun.label, lun.uuid, lun.inodeCount, lun.inodeSize)))
                .orElseGet(() -> Program.failed(1, "dumpe2fs: Bad magic number in super-block"));
    }

    /** {@code /proc/partitions}. */
    static String partitions(io.burnish.simulator.lab.Lab lab, Machine machine) {
        StringBuilder text = new StringBuilder("major minor  #blocks  name\n\n");
        text.append("   8        0 %10d sda\n".formatted(SYSTEM_DISK >> 10));
        text.append("   8        1 %10d sda1\n".formatted((SYSTEM_DISK >> 10) - 1024));
        int minor = 16;
        for (Lun lun : lab.luns(machine)) {
            text.append("   8 %8d %10d %s\n".formatted(minor, lun.size >> 10, lun.name));
            minor += 16;
        }
        return text.toString();
    }
}
