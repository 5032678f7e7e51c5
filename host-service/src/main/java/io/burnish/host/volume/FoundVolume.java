package io.burnish.host.volume;

import io.burnish.host.device.DriveNode;
import io.burnish.host.device.ResourceKey;
import java.util.List;

/**
 * A volume as the servers' reports show it.
 *
 * @param drive the logical drive that it is
 * @param label see API contract, storage 27.2, without a user's alias
 * @param size bytes
 * @param filesystemType what is on it; {@code null}: looks empty
 * @param nodes the paths to it, by server, then path; never empty
 */
record FoundVolume(ResourceKey drive, String label, long size, String filesystemType, List<DriveNode> nodes) {}
