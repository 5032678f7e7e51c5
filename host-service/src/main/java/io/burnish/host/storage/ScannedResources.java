package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Keeps what scans of root resources find. What a scan does not find any more is gone. A root that does not answer, or answers what its plug-in
 * does not declare, is not contactable, and what was found before stays.
 */
@ApplicationScoped
public class ScannedResources {

    private static final Logger LOG = Logger.getLogger(ScannedResources.class);

    private final Database database;
    private final StorageClasses classes;
    private final StorageResources resources;
    private final SecretStore secrets;

    ScannedResources(Database database, StorageClasses classes, StorageResources resources, SecretStore secrets) {
        this.database = database;
        this.classes = classes;
        this.resources = resources;
        this.secrets = secrets;
    }

    /** Claims at most that many roots that are due and not busy, for one interval. */
    public List<Long> claim(Long[] busy, int most, Duration interval) {
        List<Long> ids = new ArrayList<>();
        database.transaction(tx -> tx.query("""
                        UPDATE storage_resource SET next_scan_at = now() + make_interval(secs => $1) WHERE id IN (
                            SELECT r.id FROM storage_resource r
                            JOIN storage_resource_class c ON c.plugin_name = r.plugin_name AND c.class_name = r.class_name
                            WHERE r.root AND c.loaded AND c.scanned AND coalesce(r.next_scan_at, '-infinity') <= now() AND r.id <> ALL($2)
                            ORDER BY r.next_scan_at NULLS FIRST LIMIT $3 FOR UPDATE OF r SKIP LOCKED) RETURNING id""", (double) interval.toMillis() / 1000, busy, most))
                .forEach(row -> ids.add(row.getLong(0)));
        return ids;
    }

    /** The scan to make; empty if the root is gone or is not scanned any more. */
    public Optional<RootScan> scan(long root) {
        return database.transaction(tx -> tx.first(
                        "SELECT plugin_name, class_name, attributes::text AS text, next_scan_at FROM storage_resource WHERE id = $1 AND root",
                        root)
                .flatMap(row -> classes.find(row.getString("plugin_name"), row.getString("class_name"))
                        .filter(type -> type.scan() != null)
                        .map(type -> scan(tx, root, row, type.scan()))));
    }

    private RootScan scan(Tx tx, long root, Row row, ScanDeclaration declared) {
        ObjectNode values = ContractJson.read(row.getString("text"), ObjectNode.class);
        return new RootScan(
                root,
                row.getString("plugin_name"),
                row.getString("class_name"),
                declared.url(),
                Optional.ofNullable(declared.username())
                        .map(name -> values.path(name).asText("")),
                secrets.ofOwner(tx, StorageResources.secretOwner(root)),
                values,
                row.getOffsetDateTime("next_scan_at"));
    }

    /** A root has answered. */
    public void found(RootScan scan, Inventory inventory) {
        Optional<ClassDeclaration> type = classes.find(scan.pluginName(), scan.className());
        if (type.isEmpty()) {
            return;
        }
        try {
            Findings findings = Findings.of(type.get(), inventory, name -> classes.find(scan.pluginName(), name)
                    .orElse(null));
            ObjectNode values = rootValues(type.get(), scan.values(), inventory.attributes());
            database.run(tx -> present(tx, scan).ifPresent(row -> store(tx, scan, row, findings, values)));
        } catch (Findings.UnfitException e) {
            silent(scan, "its inventory does not fit the plug-in: " + e.getMessage());
        }
    }

    /** A root has not answered as it should. */
    public void silent(RootScan scan, String why) {
        boolean news = database.transaction(tx -> present(tx, scan)
                .filter(row -> row.getBoolean("contactable"))
                .map(row -> {
                    tx.update("UPDATE storage_resource SET contactable = false WHERE id = $1", scan.rootId());
                    resources.publish(tx, List.of(scan.rootId()));
                    return row;
                })
                .isPresent());
        if (news) {
            LOG.warnf("storage resource %d cannot be scanned: %s", scan.rootId(), why);
        }
    }

    /** What the root says of itself, beside what users have entered. */
    private static ObjectNode rootValues(ClassDeclaration type, ObjectNode entered, ObjectNode said) {
        if (said == null) {
            return entered;
        }
        FormErrors errors = new FormErrors();
        said.fieldNames().forEachRemaining(name -> {
            if (type.attribute(name).filter(AttributeDeclaration::userReadOnly).isEmpty()) {
                errors.add(name, "%s has no attribute of this name that the plug-in sets".formatted(type.name()));
            }
        });
        ObjectNode values = RootResourceForm.of(type, said, entered, errors).values();
        if (!errors.toString().isEmpty()) {
            throw new Findings.UnfitException("%s: %s".formatted(type.name(), errors));
        }
        return values;
    }

    /** The root as it is, if nobody has changed it since the scan began; held until the transaction's end. */
    private static Optional<Row> present(Tx tx, RootScan scan) {
        tx.query("SELECT pg_advisory_xact_lock($1)", StorageRegistry.ONE_AT_A_TIME);
        return tx.first(
                "SELECT contactable FROM storage_resource WHERE id = $1 AND root AND next_scan_at = $2 FOR UPDATE",
                scan.rootId(),
                scan.claim());
    }

    private void store(Tx tx, RootScan scan, Row root, Findings findings, ObjectNode values) {
        Set<Long> changed = new LinkedHashSet<>();
        if (tx.first("""
                        UPDATE storage_resource SET contactable = true, attributes = $2::text::jsonb
                        WHERE id = $1 AND NOT (contactable AND attributes = $2::text::jsonb) RETURNING id""", scan.rootId(), values.toString()).isPresent()) {
            changed.add(scan.rootId());
        }
        List<Sighting> seen = List.copyOf(findings.resources().values());
        Map<String, Long> ids = SightedRows.ids(tx, scan.pluginName(), scan.rootId(), seen, changed);
        ids.put(Inventory.ROOT, scan.rootId());
        SightedRows.write(tx, seen, ids, changed);
        position(tx, seen, ids, findings);
        resources.removeOthersOf(tx, scan.rootId(), ids.values());
        resources.publish(tx, changed);
        resources.measured(tx, findings, ids);
        if (!root.getBoolean("contactable")) {
            LOG.infof("storage resource %d is scanned again", scan.rootId());
        }
    }

    /** Writes what resources are built on, and as which disks servers see them. */
    private static void position(Tx tx, List<Sighting> seen, Map<String, Long> ids, Findings findings) {
        List<Tuple> rows = new ArrayList<>();
        for (Sighting one : seen) {
            Long[] parents =
                    one.parents().stream().map(ids::get).distinct().sorted().toArray(Long[]::new);
            rows.add(Tuple.of(ids.get(one.key()), parents, findings.drives().get(one.key())));
        }
        tx.batch("""
                UPDATE storage_resource SET parents = $2, drive = $3
                WHERE id = $1 AND (parents, drive) IS DISTINCT FROM ($2::bigint[], $3::text)""", rows);
    }
}
