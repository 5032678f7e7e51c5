package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
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
        Map<String, Long> ids = ids(tx, plugin, seen, changed);
        write(tx, seen, ids, changed);
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

    /** Ids by key; rows are made for what is new. */
    private static Map<String, Long> ids(Tx tx, String plugin, List<Sighting> seen, Set<Long> changed) {
        String[] classes = seen.stream().map(Sighting::className).toArray(String[]::new);
        String[] identities = seen.stream().map(Sighting::identity).toArray(String[]::new);
        Long[] hosts = seen.stream().map(Sighting::hostId).toArray(Long[]::new);
        String[] names = seen.stream().map(Sighting::name).toArray(String[]::new);
        tx.query("""
                        INSERT INTO storage_resource (plugin_name, class_name, identity, host_id, name, attributes)
                        SELECT $1, s.*, '{}' FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) s
                        ON CONFLICT DO NOTHING RETURNING id""", plugin, classes, identities, hosts, names).forEach(row -> changed.add(row.getLong(0)));
        Map<String, Long> ids = new HashMap<>();
        for (Row row : tx.query("""
                SELECT r.id, r.class_name, r.identity, r.host_id FROM storage_resource r
                JOIN unnest($2::text[], $3::text[], $4::bigint[]) s (class_name, identity, host_id)
                    ON r.class_name = s.class_name AND r.identity = s.identity AND coalesce(r.host_id, 0) = coalesce(s.host_id, 0)
                WHERE r.plugin_name = $1""", plugin, classes, identities, hosts)) {
            ids.put(Sighting.key(row.getString(1), row.getString(2), row.getLong(3)), row.getLong(0));
        }
        return ids;
    }

    private static void write(Tx tx, List<Sighting> seen, Map<String, Long> ids, Set<Long> changed) {
        List<String> attributes = new ArrayList<>();
        List<String> references = new ArrayList<>();
        for (Sighting one : seen) {
            ObjectNode values = one.attributes().deepCopy();
            List<Long> refs = new ArrayList<>();
            one.references().forEach((attribute, key) -> {
                values.put(attribute, ids.get(key));
                refs.add(ids.get(key));
            });
            attributes.add(values.toString());
            references.add(ContractJson.text(refs));
        }
        tx.query(
                        """
                        UPDATE storage_resource r SET name = s.name, attributes = s.attributes::jsonb,
                            refs = ARRAY(SELECT jsonb_array_elements_text(s.refs::jsonb)::bigint)
                        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) s (id, name, attributes, refs)
                        WHERE r.id = s.id AND (r.name, r.attributes) IS DISTINCT FROM (s.name, s.attributes::jsonb) RETURNING r.id""",
                        seen.stream().map(one -> ids.get(one.key())).toArray(Long[]::new),
                        seen.stream().map(Sighting::name).toArray(String[]::new),
                        attributes.toArray(String[]::new),
                        references.toArray(String[]::new))
                .forEach(row -> changed.add(row.getLong(0)));
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
