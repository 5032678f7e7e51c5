package io.burnish.host.storage;

import io.burnish.contracts.ContractJson;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the resources that servers report: one row for what several of them see. A resource that nobody sees any more is gone, unless a user
 * has entered it. A report that says what the last one said costs a comparison.
 */
@ApplicationScoped
public class StorageRegistry {

    static final long ONE_AT_A_TIME = 0x73746f72616765L;

    private final StorageResources resources;

    StorageRegistry(StorageResources resources) {
        this.resources = resources;
    }

    /** A server's report of block devices is stored. */
    public void storageReported(Tx tx, long hostId) {
        apply(tx, hostId, Sightings.LINUX, Sightings.ofStorage(tx, hostId));
    }

    /** A server's interfaces, NIDs and LNet state are stored. */
    public void networkReported(Tx tx, long hostId) {
        apply(tx, hostId, Sightings.NETWORK, Sightings.ofNetwork(tx, hostId));
    }

    /** Forgets what only a removed server has seen. */
    public void hostRemoved(Tx tx, long hostId) {
        for (String plugin : List.of(Sightings.LINUX, Sightings.NETWORK)) {
            apply(tx, hostId, plugin, List.of());
        }
        tx.update("DELETE FROM storage_digest WHERE host_id = $1", hostId);
    }

    private void apply(Tx tx, long hostId, String plugin, List<Sighting> seen) {
        String digest = digest(seen);
        if (tx.first(
                        "SELECT 1 FROM storage_digest WHERE host_id = $1 AND plugin_name = $2 AND digest = $3",
                        hostId,
                        plugin,
                        digest)
                .isPresent()) {
            return;
        }
        tx.query("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME);
        Set<Long> changed = new LinkedHashSet<>();
        Map<String, Long> ids = SightedRows.ids(tx, plugin, null, seen, changed);
        SightedRows.write(tx, seen, ids, changed);
        List<Long> unseen = sightings(tx, hostId, plugin, seen, ids);
        resources.linkVolumes(tx, ids.values());
        resources.publish(tx, changed);
        resources.removeUnseen(tx, unseen);
        tx.update("""
                INSERT INTO storage_digest (host_id, plugin_name, digest) VALUES ($1, $2, $3)
                ON CONFLICT (host_id, plugin_name) DO UPDATE SET digest = excluded.digest""", hostId, plugin, digest);
    }

    private static String digest(List<Sighting> seen) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Sighting one : seen) {
                sha.update(ContractJson.text(one).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes which resources the server sees, and on what they are built there; returns those that it does not see any more. */
    private static List<Long> sightings(Tx tx, long hostId, String plugin, List<Sighting> seen, Map<String, Long> ids) {
        List<Long> unseen = new ArrayList<>();
        tx.query("""
                        DELETE FROM storage_sighting g USING storage_resource r WHERE g.host_id = $1 AND r.id = g.resource_id
                            AND r.plugin_name = $2 AND r.id <> ALL($3) RETURNING r.id""", hostId, plugin, ids.values().toArray(Long[]::new)).forEach(row -> unseen.add(row.getLong(0)));
        List<Tuple> rows = new ArrayList<>();
        for (Sighting one : seen) {
            Long[] parents = one.parents().stream()
                    .map(ids::get)
                    .filter(java.util.Objects::nonNull)
                    .sorted()
                    .toArray(Long[]::new);
            rows.add(Tuple.of(hostId, ids.get(one.key()), parents));
        }
        tx.batch("""
                INSERT INTO storage_sighting AS g (host_id, resource_id, parents) VALUES ($1, $2, $3)
                ON CONFLICT (host_id, resource_id) DO UPDATE SET parents = excluded.parents WHERE g.parents <> excluded.parents""", rows);
        return unseen;
    }
}
