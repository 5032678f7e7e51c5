package io.burnish.agent.device;

import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serial numbers of disks: what makes a LUN the same on all servers that see it (agent contract, 6.3). Asked once per disk, since asking
 * takes two commands each and a server may have a thousand.
 */
final class ScsiSerials {

    private static final String SCSI_ID = "/lib/udev/scsi_id";

    private final Map<String, Serials> known = new ConcurrentHashMap<>();

    /** Unit serial number page and device identification page; {@code null} where the disk has none. */
    record Serials(String page80, String page83) {

        static final Serials NONE = new Serials(null, null);
    }

    /** Serials of a whole disk. */
    Serials of(Lsblk.Device disk, UdevDatabase.Device udev, Commands commands) throws InterruptedException {
        if (!isScsi(disk, udev)) {
            // virtio and NVMe disks have no SCSI pages, but udev reads a serial that is the same everywhere
            return new Serials(
                    null, udev.get("ID_WWN").or(() -> udev.get("ID_SERIAL")).orElse(null));
        }
        String identity = String.join(
                "|",
                disk.majorMinor(),
                udev.get("DISKSEQ").orElse(""),
                udev.get("ID_SERIAL").orElse(""),
                Long.toString(disk.size()));
        Serials serials = known.get(identity);
        if (serials == null) {
            serials = new Serials(
                    page("0x80", disk, commands)
                            .or(() -> udev.get("SCSI_IDENT_SERIAL"))
                            .orElse(null),
                    page("0x83", disk, commands).or(() -> udev.get("ID_SERIAL")).orElse(null));
            known.put(identity, serials);
        }
        return serials;
    }

    private static boolean isScsi(Lsblk.Device disk, UdevDatabase.Device udev) {
        return disk.kname().startsWith("sd")
                || udev.get("ID_SCSI").isPresent()
                || udev.get("ID_BUS").filter("scsi"::equals).isPresent();
    }

    private static Optional<String> page(String page, Lsblk.Device disk, Commands commands)
            throws InterruptedException {
        return commands.runIfInstalled(SCSI_ID, "-g", "-u", "-p", page, "-d", disk.path())
                .filter(CommandResult::ok)
                .map(result -> result.stdout().strip().replaceAll("\\s+", " "))
                .filter(serial -> !serial.isEmpty());
    }
}
