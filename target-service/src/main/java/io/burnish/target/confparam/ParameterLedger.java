package io.burnish.target.confparam;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.TargetStore;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which parameters an MGS shall have and which it has (API contract, storage 25.4, 25.5). What file systems and targets want is compared
 * with what was recorded last; differences are recorded under a new version of the MGS. Comparing again changes nothing.
 */
@ApplicationScoped
public class ParameterLedger {

    private static final String SUBJECTS = """
            WITH filesystem AS (
                SELECT n.id, n.label, coalesce(n.fact -> 'confParams', '{}') AS params FROM neighbour n
                WHERE n.type = 'filesystem' AND NOT n.gone AND n.fact ->> 'mgtId' = $1::bigint::text),
            subject AS (
                SELECT ref, prefix, params FROM (
                    SELECT 'filesystem:' || f.id, f.label, f.params FROM filesystem f
                    UNION ALL
                    SELECT 'target:' || t.id, t.name, t.conf_params FROM target t JOIN filesystem f ON t.filesystem_id = f.id
                    WHERE t.not_deleted AND t.visible) AS s (ref, prefix, params)
                WHERE $2::text[] IS NULL OR ref = ANY($2))
            """;

    private static final String DIFFERENCES = SUBJECTS + """
            , wanted AS (SELECT s.ref, p.key AS name, p.value FROM subject s CROSS JOIN LATERAL jsonb_each_text(s.params) p),
            present AS (SELECT c.subject AS ref, c.name, c.value FROM conf_param c JOIN subject s ON c.subject = s.ref WHERE c.newest)
            SELECT ref, s.prefix, name, w.value FROM wanted w FULL JOIN present p USING (ref, name) JOIN subject s USING (ref)
            WHERE w.value IS DISTINCT FROM p.value ORDER BY ref, name""";

    private static final String GONE = """
            UPDATE conf_param c SET newest = false WHERE c.mgt_id = $1 AND c.newest
                AND NOT EXISTS (SELECT 1 FROM target t WHERE t.id = c.target_id AND t.not_deleted)
                AND NOT EXISTS (SELECT 1 FROM neighbour n WHERE n.ref = c.subject AND c.filesystem_id IS NOT NULL AND NOT n.gone)""";

    private final TargetStore targets;

    ParameterLedger(TargetStore targets) {
        this.targets = targets;
    }

    /** Records what all subjects of an MGS want otherwise than before. */
    void record(Tx tx, long mgt) {
        recordSubjects(tx, mgt, null);
    }

    /** Records what some subjects of an MGS want otherwise than before. */
    void record(Tx tx, long mgt, Collection<ObjectRef> subjects) {
        recordSubjects(tx, mgt, subjects.stream().map(ObjectRef::toString).toArray(String[]::new));
    }

    private void recordSubjects(Tx tx, long mgt, String[] subjects) {
        if (!tx.query(DIFFERENCES, mgt, subjects).iterator().hasNext()) {
            return;
        }
        // others record for the same MGS: compared again once it is our turn
        int version = tx.one("SELECT conf_param_version FROM target WHERE id = $1 FOR UPDATE", mgt)
                        .getInteger(0)
                + 1;
        List<Row> differences = new ArrayList<>();
        tx.query(DIFFERENCES, mgt, subjects).forEach(differences::add);
        if (differences.isEmpty()) {
            return;
        }
        for (Row row : differences) {
            tx.update(
                    "UPDATE conf_param SET newest = false WHERE subject = $1 AND name = $2 AND newest",
                    row.getString(0),
                    row.getString(2));
            tx.update(
                    "INSERT INTO conf_param (mgt_id, subject, prefix, name, version, value) VALUES ($1, $2, $3, $4, $5, $6)",
                    mgt,
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    version,
                    row.getString(3));
        }
        tx.update("UPDATE target SET conf_param_version = $2 WHERE id = $1", mgt, version);
        settle(tx, mgt);
    }

    /** What can be set on the MGS now and is not set yet, oldest first. */
    List<ParameterEntry> applicable(Tx tx, long mgt) {
        return entries(tx, """
                SELECT subject, prefix, name, value, version, applied FROM conf_param_applicable
                WHERE mgt_id = $1 ORDER BY version, subject, name""", mgt);
    }

    /** The newest entries of a target, or of all subjects of an MGT, by subject and name. */
    List<ParameterEntry> newest(Tx tx, ObjectRef target) {
        return entries(tx, """
                SELECT subject, prefix, name, value, version, applied FROM conf_param
                WHERE newest AND (mgt_id = $1 OR subject = $2) ORDER BY subject, name""", target.id(), target.toString());
    }

    /** Notes that the MGS has an entry. */
    void applied(Tx tx, long mgt, ParameterEntry entry) {
        tx.update(
                "UPDATE conf_param SET applied = true WHERE mgt_id = $1 AND subject = $2 AND name = $3 AND version = $4",
                mgt,
                entry.subject().toString(),
                entry.name(),
                entry.version());
    }

    /** The MGS has lost all parameters: everything that is set must be applied again. */
    public void lost(Tx tx, long mgt) {
        tx.update("UPDATE conf_param SET applied = value IS NULL WHERE mgt_id = $1 AND newest", mgt);
        settle(tx, mgt);
    }

    /** Computes up to which version everything is applied, and tells the others. */
    void settle(Tx tx, long mgt) {
        tx.update(GONE, mgt);
        tx.update("""
                UPDATE target t SET conf_param_version_applied = coalesce(
                    (SELECT min(c.version) - 1 FROM conf_param c WHERE c.mgt_id = t.id AND c.newest AND NOT c.applied),
                    t.conf_param_version)
                WHERE id = $1""", mgt);
        targets.changed(tx, mgt, false);
    }

    private static List<ParameterEntry> entries(Tx tx, String sql, Object... args) {
        List<ParameterEntry> found = new ArrayList<>();
        for (Row row : tx.query(sql, args)) {
            found.add(new ParameterEntry(
                    ObjectRef.parse(row.getString(0)),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInteger(4),
                    row.getBoolean(5)));
        }
        return found;
    }
}
