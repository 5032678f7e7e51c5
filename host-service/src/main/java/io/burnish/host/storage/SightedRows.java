package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of resources that are seen, by servers or by scans. The caller is the only one who writes them. */
final class SightedRows {

    private SightedRows() {}

    /**
     * Ids by key; rows are made for what is new.
     *
     * @param rootId the root resource whose scan has found them; {@code null}: servers
     */
    static Map<String, Long> ids(Tx tx, String plugin, Long rootId, List<Sighting> seen, Set<Long> changed) {
        String[] classes = seen.stream().map(Sighting::className).toArray(String[]::new);
        String[] identities = seen.stream().map(Sighting::identity).toArray(String[]::new);
        Long[] hosts = seen.stream().map(Sighting::hostId).toArray(Long[]::new);
        String[] names = seen.stream().map(Sighting::name).toArray(String[]::new);
        tx.query("""
                        INSERT INTO storage_resource (plugin_name, class_name, identity, host_id, name, attributes, root_id)
                        SELECT $1, s.*, '{}', $6 FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) s
                        ON CONFLICT DO NOTHING RETURNING id""", plugin, classes, identities, hosts, names, rootId).forEach(row -> changed.add(row.getLong(0)));
        Map<String, Long> ids = new HashMap<>();
        for (Row row : tx.query("""
                SELECT r.id, r.class_name, r.identity, r.host_id FROM storage_resource r
                JOIN unnest($2::text[], $3::text[], $4::bigint[]) s (class_name, identity, host_id)
                    ON r.class_name = s.class_name AND r.identity = s.identity AND coalesce(r.host_id, 0) = coalesce(s.host_id, 0)
                WHERE r.plugin_name = $1 AND r.root_id IS NOT DISTINCT FROM $5""", plugin, classes, identities, hosts, rootId)) {
            ids.put(Sighting.key(row.getString(1), row.getString(2), row.getLong(3)), row.getLong(0));
        }
        return ids;
    }

    /** Writes names, values and references; changed rows are noted. */
    static void write(Tx tx, List<Sighting> seen, Map<String, Long> ids, Set<Long> changed) {
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
}
