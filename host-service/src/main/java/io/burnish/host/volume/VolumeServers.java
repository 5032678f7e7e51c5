package io.burnish.host.volume;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.host.device.DriveNode;
import io.burnish.host.device.HostStorage;
import io.burnish.host.device.ResourceClass;
import io.burnish.host.device.ResourceKey;
import io.burnish.host.device.StorageReader;
import io.burnish.host.ha.HaClusters;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Volumes as the servers' reports show them, and the servers that use them. Reports of several servers about one LUN are applied one
 * after the other; a report that changes nothing publishes nothing.
 */
@ApplicationScoped
public class VolumeServers {

    private static final long ONE_AT_A_TIME = 0x766f6c756d65L;

    private final ResourceReader reader;
    private final VolumeResource resource;

    VolumeServers(ResourceReader reader, VolumeResource resource) {
        this.reader = reader;
        this.resource = resource;
    }

    /** A server's stored report has changed. */
    public void reported(Tx tx, long hostId) {
        tx.query("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME);
        Map<Long, HostStorage> all = storage(tx);
        Set<ResourceKey> drives =
                new LinkedHashSet<>(all.containsKey(hostId) ? all.get(hostId).drives() : Set.of());
        Set<String> concerned = new HashSet<>();
        drives.forEach(drive -> concerned.add(key(drive)));
        for (Row row : tx.query("""
                SELECT DISTINCT v.drive FROM volume v JOIN volume_node n ON n.volume_id = v.id AND n.not_deleted
                WHERE v.not_deleted AND n.host_id = $1""", hostId)) {
            concerned.add(row.getString(0));
        }
        all.values().forEach(server -> server.drives().stream()
                .filter(drive -> concerned.contains(key(drive)))
                .forEach(drives::add));
        Set<Long> changed = new LinkedHashSet<>();
        Set<String> present = new HashSet<>();
        for (FoundVolume found : VolumeAssembly.of(drives, all.values())) {
            present.add(key(found.drive()));
            store(tx, found, changed);
        }
        concerned.stream().filter(drive -> !present.contains(drive)).forEach(drive -> remove(tx, drive));
        Set<Long> fresh = new LinkedHashSet<>(changed);
        choose(tx, fresh, changed);
        changed.forEach(id -> publish(tx, id));
    }

    /** The server's peers have changed: servers of its volumes that carry no target are chosen again (API contract, storage 27.5). */
    public void rebalance(Tx tx, long hostId) {
        tx.query("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME);
        Set<Long> volumes = new LinkedHashSet<>();
        for (Row row : tx.query("""
                SELECT DISTINCT n.volume_id FROM volume_node n WHERE n.host_id = $1 AND n.not_deleted ORDER BY 1""", hostId)) {
            volumes.add(row.getLong(0));
        }
        Set<Long> changed = new LinkedHashSet<>();
        choose(tx, volumes, changed);
        changed.forEach(id -> publish(tx, id));
    }

    /** Forgets everything that a removed server has reported. */
    public void removeHost(Tx tx, long hostId) {
        tx.update("DELETE FROM storage_report WHERE host_id = $1", hostId);
        reported(tx, hostId);
    }

    private static Map<Long, HostStorage> storage(Tx tx) {
        Map<Long, HostStorage> all = new HashMap<>();
        for (Row row : tx.query("""
                SELECT s.host_id, s.body::text FROM storage_report s JOIN host h ON h.id = s.host_id AND h.not_deleted
                ORDER BY s.host_id""")) {
            long host = row.getLong(0);
            all.put(host, StorageReader.read(host, ContractJson.read(row.getString(1), BlockDeviceReport.class)));
        }
        return all;
    }

    private static String key(ResourceKey drive) {
        return drive.type().className() + " " + drive.text() + (drive.hostId() == null ? "" : " " + drive.hostId());
    }

    private static void store(Tx tx, FoundVolume found, Set<Long> changed) {
        ResourceClass type = found.drive().type();
        Row row = tx.first("SELECT id FROM volume WHERE drive = $1 AND not_deleted", key(found.drive()))
                .orElse(null);
        long id;
        if (row == null) {
            id = tx.one(
                            """
                            INSERT INTO volume (drive, class_name, label, size, usable_for_lustre, filesystem_type, storage_resource_id)
                            VALUES ($1, $2, $3, $4, $5, $6, (SELECT id FROM storage_resource WHERE plugin_name = 'linux' AND class_name = $2
                                AND identity = $7 AND coalesce(host_id, 0) = $8)) RETURNING id""",
                            key(found.drive()),
                            type.className(),
                            found.label(),
                            found.size(),
                            type.usableForLustre(),
                            found.filesystemType(),
                            found.drive().text(),
                            found.drive().hostId() == null ? 0L : found.drive().hostId())
                    .getLong(0);
            changed.add(id);
        } else {
            id = row.getLong(0);
            if (tx.update("""
                            UPDATE volume SET label = $2, size = $3, filesystem_type = $4
                            WHERE id = $1 AND (label, size, filesystem_type) IS DISTINCT FROM ($2, $3, $4)""", id, found.label(), found.size(), found.filesystemType()) > 0) {
                changed.add(id);
            }
        }
        storeNodes(tx, id, found.nodes(), changed);
    }

    private static void storeNodes(Tx tx, long volume, List<DriveNode> nodes, Set<Long> changed) {
        Set<String> wanted = new HashSet<>();
        for (DriveNode node : nodes) {
            wanted.add(node.hostId() + " " + node.path());
            boolean known = tx.first(
                            "SELECT 1 FROM volume_node WHERE volume_id = $1 AND host_id = $2 AND path = $3 AND not_deleted",
                            volume,
                            node.hostId(),
                            node.path())
                    .isPresent();
            if (!known) {
                tx.update(
                        "INSERT INTO volume_node (volume_id, host_id, path) VALUES ($1, $2, $3)",
                        volume,
                        node.hostId(),
                        node.path());
                changed.add(volume);
            }
        }
        for (Row row :
                tx.query("SELECT id, host_id, path FROM volume_node WHERE volume_id = $1 AND not_deleted", volume)) {
            if (!wanted.contains(row.getLong(1) + " " + row.getString(2))) {
                tx.update("UPDATE volume_node SET not_deleted = NULL WHERE id = $1", row.getLong(0));
                changed.add(volume);
            }
        }
    }

    /** A volume that no server shows any more is gone, unless a target is on it. */
    private static void remove(Tx tx, String drive) {
        for (Row row : tx.query("""
                UPDATE volume v SET not_deleted = NULL, version = version + 1 WHERE v.drive = $1 AND v.not_deleted
                    AND NOT EXISTS (SELECT 1 FROM target_mount t WHERE t.volume_id = v.id) RETURNING id, version""", drive)) {
            tx.update("UPDATE volume_node SET not_deleted = NULL WHERE volume_id = $1", row.getLong(0));
            tx.publish(Outgoing.tombstone(
                    new io.burnish.contracts.model.ObjectRef(
                            io.burnish.contracts.model.ObjectType.VOLUME, row.getLong(0)),
                    row.getLong(1)));
        }
    }

    private static void choose(Tx tx, Set<Long> volumes, Set<Long> changed) {
        List<ServerChoice.Volume> free = new ArrayList<>();
        for (long id : volumes) {
            boolean carries = tx.first("SELECT 1 FROM target_mount WHERE volume_id = $1 LIMIT 1", id)
                    .isPresent();
            if (!carries) {
                free.add(new ServerChoice.Volume(
                        id, tx.one("SELECT label FROM volume WHERE id = $1", id).getString(0), nodes(tx, id)));
            }
        }
        Map<Long, String> names = new HashMap<>();
        Map<Long, Set<Long>> peers = new HashMap<>();
        for (Row row : tx.query("SELECT id, fqdn, peers FROM host WHERE not_deleted")) {
            names.put(row.getLong(0), row.getString(1));
            peers.put(row.getLong(0), new HashSet<>(Arrays.asList(row.getArrayOfLongs(2))));
        }
        for (ServerChoice.Role role : ServerChoice.choose(free, names, HaClusters.of(peers), load(tx, volumes))) {
            tx.first("""
                            UPDATE volume_node SET is_primary = $2, in_use = $3
                            WHERE id = $1 AND (is_primary, in_use) IS DISTINCT FROM ($2, $3) RETURNING volume_id""", role.nodeId(), role.primary(), role.use()).ifPresent(row -> changed.add(row.getLong(0)));
        }
    }

    private static List<ServerChoice.Node> nodes(Tx tx, long volume) {
        List<ServerChoice.Node> nodes = new ArrayList<>();
        for (Row row : tx.query(
                "SELECT id, host_id FROM volume_node WHERE volume_id = $1 AND not_deleted ORDER BY id", volume)) {
            nodes.add(new ServerChoice.Node(row.getLong(0), row.getLong(1)));
        }
        return nodes;
    }

    private static ServerChoice.Load load(Tx tx, Set<Long> but) {
        Map<Long, Integer> primaries = new HashMap<>();
        Map<Long, Integer> used = new HashMap<>();
        for (Row row : tx.query("""
                SELECT host_id, count(*) FILTER (WHERE is_primary), count(*) FILTER (WHERE in_use) FROM volume_node
                WHERE not_deleted AND volume_id <> ALL($1) GROUP BY host_id""", (Object) but.toArray(Long[]::new))) {
            primaries.put(row.getLong(0), row.getInteger(1));
            used.put(row.getLong(0), row.getInteger(2));
        }
        return new ServerChoice.Load(primaries, used);
    }

    /** Tells everybody about the volume as it is now. */
    public void publish(Tx tx, long id) {
        Row row = tx.one("UPDATE volume SET version = version + 1 WHERE id = $1 RETURNING *", id);
        List<VolumeFact.Node> nodes = new ArrayList<>();
        for (Row node : tx.query(
                "SELECT id, host_id, path, is_primary, in_use FROM volume_node WHERE volume_id = $1 AND not_deleted ORDER BY id",
                id)) {
            nodes.add(new VolumeFact.Node(
                    node.getLong(0), node.getLong(1), node.getString(2), node.getBoolean(3), node.getBoolean(4)));
        }
        VolumeFact fact = new VolumeFact(
                id,
                row.getLong("version"),
                row.getString("label"),
                row.getLong("size"),
                row.getString("filesystem_type"),
                row.getBoolean("usable_for_lustre"),
                ResourceClass.of(row.getString("class_name")).deviceType(),
                nodes);
        tx.publish(new FactMessage(fact, reader.wire(tx, resource.resource(), id), true));
    }
}
