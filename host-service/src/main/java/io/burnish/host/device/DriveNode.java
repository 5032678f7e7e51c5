package io.burnish.host.device;

/**
 * A path by which a server reaches a logical drive.
 *
 * @param key of the device node
 * @param leaf nothing of this server is built on this node
 * @param size bytes
 * @param filesystemType what is on it; {@code null}: looks empty
 */
public record DriveNode(
        ResourceKey key, ResourceKey drive, long hostId, String path, boolean leaf, long size, String filesystemType) {

    private static final String MAPPER = "/dev/mapper/";

    /** Whether the path belongs to the device mapper. */
    public boolean mapped() {
        return path.startsWith(MAPPER);
    }
}
