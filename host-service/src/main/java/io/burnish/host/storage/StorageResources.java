package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.volume.VolumeServers;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storage resources in the database; every change publishes their snapshots. */
@ApplicationScoped
class StorageResources {

    private final ResourceReader reader;
    private final StorageResourceResource resource;
    private final VolumeServers volumes;
    private final SecretStore secrets;
    private final StorageClasses classes;

    StorageResources(
            ResourceReader reader,
            StorageResourceResource resource,
            VolumeServers volumes,
            SecretStore secrets,
            StorageClasses classes) {
        this.classes = classes;
        this.reader = reader;
        this.resource = resource;
        this.volumes = volumes;
        this.secrets = secrets;
    }

    /** Under which name the passwords of a resource are kept. */
    static String secretOwner(long id) {
        return "storage-resource:" + id;
    }

    /** A volume says which drive it is. */
    void linkVolumes(Tx tx, Collection<Long> ids) {
        tx.query("""
                        UPDATE volume v SET storage_resource_id = r.id FROM storage_resource r
                        WHERE r.id = ANY($1) AND v.not_deleted AND v.storage_resource_id IS DISTINCT FROM r.id
                            AND v.drive = r.class_name || ' ' || r.identity || coalesce(' ' || r.host_id, '') RETURNING v.id""", (Object) ids.toArray(Long[]::new)).forEach(row -> volumes.publish(tx, row.getLong(0)));
    }

    /** Tells everybody how resources are now, and which conditions hold. Few statements, whatever their number. */
    void publish(Tx tx, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Long[] all = ids.toArray(Long[]::new);
        Map<Long, List<Long>> resting = resting(tx, all);
        var wires = reader.wires(tx, resource.resource(), ids);
        for (Row row : tx.query("""
                UPDATE storage_resource SET version = version + 1 WHERE id = ANY($1)
                RETURNING id, version, class_name, coalesce(alias, name) AS label, root, contactable, plugin_name, attributes::text AS text""", (Object) all)) {
            long id = row.getLong("id");
            tx.publish(new FactMessage(
                    new StorageResourceFact(
                            id,
                            row.getLong("version"),
                            row.getString("class_name"),
                            row.getString("label"),
                            !row.getBoolean("root"),
                            row.getBoolean("contactable"),
                            conditions(row),
                            resting.getOrDefault(id, List.of())),
                    wires.get(id),
                    true));
        }
    }

    private List<StorageResourceFact.Condition> conditions(Row row) {
        return classes.find(row.getString("plugin_name"), row.getString("class_name"))
                .filter(type -> !type.conditions().isEmpty())
                .map(type -> AlertCondition.holding(type, ContractJson.read(row.getString("text"), ObjectNode.class)))
                .orElse(List.of());
    }

    /** Volumes on each resource and on what is built on it, on any server. */
    private static Map<Long, List<Long>> resting(Tx tx, Long[] ids) {
        Map<Long, List<Long>> resting = new HashMap<>();
        tx.query("""
                        WITH RECURSIVE below (base, id) AS (SELECT b, b FROM unnest($1::bigint[]) b UNION
                            SELECT b.base, p.resource_id FROM below b JOIN storage_parent p ON p.parents @> ARRAY[b.id])
                        SELECT DISTINCT b.base, v.id FROM below b JOIN volume v ON v.storage_resource_id = b.id
                        WHERE v.not_deleted ORDER BY v.id""", (Object) ids).forEach(row -> resting.computeIfAbsent(row.getLong(0), id -> new ArrayList<>())
                .add(row.getLong(1)));
        return resting;
    }

    /** Publishes all resources of a class: its conditions are others than before. */
    void publishClass(Tx tx, String plugin, String className) {
        List<Long> ids = new ArrayList<>();
        tx.query("SELECT id FROM storage_resource WHERE plugin_name = $1 AND class_name = $2", plugin, className)
                .forEach(row -> ids.add(row.getLong(0)));
        publish(tx, ids);
    }

    /** Removes what a root's scan has found before, and not now. */
    void removeOthersOf(Tx tx, long root, Collection<Long> found) {
        List<Long> gone = new ArrayList<>();
        tx.query(
                        "SELECT id FROM storage_resource WHERE root_id = $1 AND id <> ALL($2)",
                        root,
                        found.toArray(Long[]::new))
                .forEach(row -> gone.add(row.getLong(0)));
        if (!gone.isEmpty()) {
            delete(tx, gone);
        }
    }

    /** Passes statistics of resources on, as of now. */
    void measured(Tx tx, Findings findings, Map<String, Long> ids) {
        List<Sample> samples = new ArrayList<>();
        findings.statistics()
                .forEach((key, values) -> values.forEach((statistic, value) -> samples.add(new Sample(
                        new ObjectRef(ObjectType.STORAGE_RESOURCE, ids.get(key)).toString(),
                        statistic.name(),
                        statistic.type(),
                        value))));
        StorageSamples.publish(tx, samples);
    }

    /** Removes those of some resources that no server sees and no user has entered. */
    void removeUnseen(Tx tx, List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        List<Long> gone = new ArrayList<>();
        tx.query("""
                        SELECT r.id FROM storage_resource r WHERE r.id = ANY($1) AND NOT r.root
                            AND NOT EXISTS (SELECT 1 FROM storage_sighting g WHERE g.resource_id = r.id)""", (Object) ids.toArray(Long[]::new)).forEach(row -> gone.add(row.getLong(0)));
        delete(tx, gone);
    }

    /**
     * Removes a resource with those that cannot be without it; references that may be missing are cleared (API contract, storage 7.5). What
     * servers still see comes back with their next change.
     */
    void remove(Tx tx, long id) {
        List<Long> gone = new ArrayList<>();
        List<Long> cleared = new ArrayList<>();
        List<Long> next = new ArrayList<>(List.of(id));
        tx.query("SELECT id FROM storage_resource WHERE root_id = $1", id).forEach(row -> next.add(row.getLong(0)));
        while (!next.isEmpty()) {
            gone.addAll(next);
            Long[] refs = next.toArray(Long[]::new);
            next.clear();
            for (Row row : tx.query("""
                    SELECT DISTINCT r.id, bool_or(NOT coalesce((a ->> 'optional')::boolean, false)) FROM storage_resource r
                    JOIN storage_resource_class c ON c.plugin_name = r.plugin_name AND c.class_name = r.class_name
                    CROSS JOIN jsonb_array_elements(c.attributes) a
                    WHERE r.refs && $1 AND a ->> 'class' = 'ResourceReference'
                        AND (r.attributes ->> (a ->> 'name'))::bigint = ANY($1) GROUP BY r.id""", (Object) refs)) {
                if (gone.contains(row.getLong(0))) {
                    continue;
                }
                (row.getBoolean(1) ? next : cleared).add(row.getLong(0));
            }
        }
        clear(tx, cleared, gone);
        tx.update("""
                DELETE FROM storage_digest d USING storage_sighting g WHERE g.host_id = d.host_id AND g.resource_id = ANY($1)""", (Object) gone.toArray(Long[]::new));
        delete(tx, gone);
        cleared.removeAll(gone);
        publish(tx, cleared);
    }

    private static void clear(Tx tx, List<Long> referring, List<Long> gone) {
        tx.update("""
                UPDATE storage_resource r SET refs = ARRAY(SELECT unnest(r.refs) EXCEPT SELECT unnest($2::bigint[])),
                    attributes = (SELECT jsonb_object_agg(e.key, CASE WHEN c.reference AND (e.value)::text = ANY(SELECT unnest($2::bigint[])::text)
                        THEN 'null'::jsonb ELSE e.value END)
                        FROM jsonb_each(r.attributes) e LEFT JOIN LATERAL (SELECT true AS reference FROM storage_resource_class k,
                            jsonb_array_elements(k.attributes) a WHERE k.plugin_name = r.plugin_name AND k.class_name = r.class_name
                            AND a ->> 'name' = e.key AND a ->> 'class' = 'ResourceReference') c ON true)
                WHERE r.id = ANY($1)""", referring.toArray(Long[]::new), gone.toArray(Long[]::new));
    }

    private void delete(Tx tx, List<Long> ids) {
        Long[] gone = ids.toArray(Long[]::new);
        List<Long> bare = new ArrayList<>();
        tx.query(
                        "UPDATE volume SET storage_resource_id = NULL WHERE storage_resource_id = ANY($1) RETURNING id, not_deleted",
                        (Object) gone)
                .forEach(row -> {
                    if (Boolean.TRUE.equals(row.getBoolean(1))) {
                        bare.add(row.getLong(0));
                    }
                });
        tx.update("""
                UPDATE storage_sighting SET parents = ARRAY(SELECT unnest(parents) EXCEPT SELECT unnest($1::bigint[])) WHERE parents && $1""", (Object) gone);
        tx.update("""
                UPDATE storage_resource SET parents = ARRAY(SELECT unnest(parents) EXCEPT SELECT unnest($1::bigint[])) WHERE parents && $1""", (Object) gone);
        tx.query("DELETE FROM storage_resource WHERE id = ANY($1) RETURNING id, version", (Object) gone)
                .forEach(row -> {
                    secrets.forget(tx, secretOwner(row.getLong(0)));
                    tx.publish(Outgoing.tombstone(
                            new ObjectRef(ObjectType.STORAGE_RESOURCE, row.getLong(0)), row.getLong(1) + 1));
                });
        bare.forEach(volume -> volumes.publish(tx, volume));
    }

    /** The resource of that identity that a user has entered or a plug-in has found. */
    Optional<Long> find(Tx tx, String plugin, String className, String identity) {
        return tx.first(
                        "SELECT id FROM storage_resource WHERE plugin_name = $1 AND class_name = $2 AND identity = $3 AND host_id IS NULL AND root_id IS NULL",
                        plugin,
                        className,
                        identity)
                .map(row -> row.getLong(0));
    }
}
