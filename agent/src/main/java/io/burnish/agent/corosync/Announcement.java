package io.burnish.agent.corosync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a server that is looking for its peer says on ring 1, in the payload of multicast pings.
 *
 * @param port the multicast port that it proposes, or has settled on
 * @param settled it will not change the port any more
 */
record Announcement(int port, boolean settled) {

    private static final byte[] MARK = "BURNISH!".getBytes(StandardCharsets.US_ASCII);
    private static final int PATTERN_BYTES = 16;

    /** The payload pattern for {@code ping -p}. */
    String pattern() {
        byte[] pattern = Arrays.copyOf(MARK, PATTERN_BYTES);
        pattern[MARK.length] = (byte) (port >> 8);
        pattern[MARK.length + 1] = (byte) port;
        pattern[MARK.length + 2] = (byte) (settled ? 1 : 0);
        return HexFormat.of().formatHex(pattern);
    }

    /** Finds an announcement in the bytes of a packet, given in hexadecimal. */
    static Optional<Announcement> find(String hex) {
        int mark = hex.indexOf(HexFormat.of().formatHex(MARK));
        int end = mark + 2 * (MARK.length + 3);
        if (mark < 0 || hex.length() < end) {
            return Optional.empty();
        }
        byte[] data = HexFormat.of().parseHex(hex.substring(mark + 2 * MARK.length, end));
        return Optional.of(new Announcement((data[0] & 0xFF) << 8 | data[1] & 0xFF, data[2] == 1));
    }
}
