package io.burnish.host.volume;

import io.burnish.host.device.ResourceClass;
import io.burnish.kit.sql.Tx;
import java.util.ArrayList;
import java.util.List;

/** Paths by which a server reaches its volumes. */
public final class ServerDevices {

    private ServerDevices() {}

    /**
     * A path.
     *
     * @param type {@code linux}, {@code lvm_volume} or {@code zfs}: which commands serve it
     */
    public record Device(String path, String type) {}

    /** One path per volume that the server sees. */
    public static List<Device> of(Tx tx, long hostId) {
        List<Device> devices = new ArrayList<>();
        tx.query("""
                        SELECT DISTINCT ON (v.id) n.path, v.class_name FROM volume_node n JOIN volume v ON v.id = n.volume_id
                        WHERE n.host_id = $1 AND n.not_deleted AND v.not_deleted ORDER BY v.id, n.id\
                        """, hostId)
                .forEach(row -> devices.add(new Device(
                        row.getString(0), ResourceClass.of(row.getString(1)).deviceType())));
        return devices;
    }
}
