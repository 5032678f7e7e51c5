package io.burnish.host.device;

import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import java.util.Optional;

/**
 * The serial by which a disk is the same disk on several servers (agent contract, 6.6): page 0x83 before page 0x80.
 *
 * <p>QEMU's disks all give the same 0x83 text, and an 0x80 text of which only the end is their own: the first is dropped, of the
 * second the end counts if it has at least {@value #SHORTEST} characters.
 */
public final class DriveSerial {

    private static final String QEMU = "QEMU HARDDISK";
    private static final int SHORTEST = 4;

    private DriveSerial() {}

    /** The serial of a device; empty if it has none that tells it from others. */
    public static Optional<String> of(DeviceNode device) {
        return page83(device.serial83()).or(() -> page80(device.serial80()));
    }

    private static Optional<String> page83(String text) {
        return present(text).filter(serial -> !serial.contains(QEMU));
    }

    private static Optional<String> page80(String text) {
        return present(text).flatMap(serial -> {
            int at = serial.indexOf(QEMU);
            if (at < 0) {
                return Optional.of(serial);
            }
            String own = serial.substring(at + QEMU.length()).strip();
            return own.length() >= SHORTEST ? Optional.of(own) : Optional.empty();
        });
    }

    private static Optional<String> present(String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }
}
