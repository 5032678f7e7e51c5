package io.burnish.target.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Targets in the database. Every change goes through {@link #changed}, which tells the others in the same transaction. */
@ApplicationScoped
public class TargetStore {

    private static final String COLUMNS = """
            SELECT id, version, kind, name, filesystem_id, filesystem_name, target_index, uuid, ha_label, inode_size, inode_count,
                bytes_per_inode, reformat, volume_id, state, immutable_state, active_mount_id, visible,
                conf_params::text AS conf_params, conf_param_version, conf_param_version_applied
            FROM target
            """;

    private static final String MOUNT =
            "(SELECT m.id FROM target_mount m WHERE m.target_id = target.id AND m.host_id = $2)";

    private final ResourceReader reader;
    private final TargetResource resource;

    TargetStore(ResourceReader reader, TargetResource resource) {
        this.reader = reader;
        this.resource = resource;
    }

    /** The target with that id that is not removed, its row locked; claimed ones included. */
    public Optional<Target> lock(Tx tx, long id) {
        return tx.first(COLUMNS + "WHERE id = $1 AND not_deleted FOR UPDATE", id)
                .map(row -> target(tx, row));
    }

    /** The target with that id, also a removed one. */
    public Target get(Tx tx, long id) {
        return target(tx, tx.one(COLUMNS + "WHERE id = $1", id));
    }

    /** Targets that a condition selects, ascending id; {@code not_deleted} is up to the condition. */
    public List<Target> where(Tx tx, String condition, Object... args) {
        List<Target> found = new ArrayList<>();
        for (Row row : tx.query(COLUMNS + "WHERE " + condition + " ORDER BY id", args)) {
            found.add(target(tx, row));
        }
        return found;
    }

    /** Notes that the target was changed in this transaction: a new version, and the snapshot for everybody. */
    public Target changed(Tx tx, long id, boolean observed) {
        tx.update("UPDATE target SET version = version + 1 WHERE id = $1", id);
        Target target = get(tx, id);
        if (target.visible()) {
            tx.publish(new FactMessage(target.fact(), reader.wire(tx, resource.resource(), id), observed));
        }
        return target;
    }

    /** Makes a claimed target visible; nothing happens if it is. */
    public void show(Tx tx, long id) {
        if (tx.update("UPDATE target SET visible = true WHERE id = $1 AND NOT visible", id) > 0) {
            changed(tx, id, false);
        }
    }

    /** Gives the target a state. A target that is removed gives its volume and its servers free. */
    public void changeState(Tx tx, long id, String state) {
        boolean gone = io.burnish.contracts.fact.Fact.GONE.contains(state);
        tx.update(
                "UPDATE target SET state = $2, state_modified_at = now(), not_deleted = $3 WHERE id = $1",
                id,
                state,
                gone ? null : Boolean.TRUE);
        if (gone) {
            tx.update("UPDATE target_mount SET live_mgs = NULL WHERE target_id = $1", id);
        }
        changed(tx, id, false);
    }

    /** Stores parameters in place of all that are wanted. */
    Target changeParameters(Tx tx, long id, Map<String, String> parameters) {
        tx.update("UPDATE target SET conf_params = $2::text::jsonb WHERE id = $1", id, ContractJson.text((Object)
                parameters));
        return changed(tx, id, false);
    }

    /** Notes where a job has brought about that the target runs; no server: nowhere. What was seen before counts no more. */
    public void activeOn(Tx tx, long id, Long hostId) {
        tx.update("UPDATE target SET active_mount_id = " + MOUNT + ", placed_at = now() WHERE id = $1", id, hostId);
    }

    /** Notes where the target was seen to run, without any job; no server: nowhere. */
    public void seenOn(Tx tx, long id, Long hostId, String state) {
        tx.update("""
                UPDATE target SET active_mount_id = %s, state = $3,
                    state_modified_at = CASE WHEN state = $3 THEN state_modified_at ELSE now() END
                WHERE id = $1""".formatted(MOUNT), id, hostId, state);
        changed(tx, id, true);
    }

    private static Target target(Tx tx, Row row) {
        List<Target.Mount> mounts = new ArrayList<>();
        for (Row mount : tx.query("""
                SELECT id, host_id, volume_node_id, path, mount_point, is_primary FROM target_mount
                WHERE target_id = $1 ORDER BY is_primary DESC, id""", row.getLong("id"))) {
            mounts.add(new Target.Mount(
                    mount.getLong(0),
                    mount.getLong(1),
                    mount.getLong(2),
                    mount.getString(3),
                    mount.getString(4),
                    mount.getBoolean(5)));
        }
        return new Target(
                row.getLong("id"),
                row.getLong("version"),
                TargetKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getLong("filesystem_id"),
                row.getString("filesystem_name"),
                row.getInteger("target_index"),
                row.getString("uuid"),
                row.getString("ha_label"),
                row.getInteger("inode_size"),
                row.getLong("inode_count"),
                row.getInteger("bytes_per_inode"),
                row.getBoolean("reformat"),
                row.getLong("volume_id"),
                row.getString("state"),
                row.getBoolean("immutable_state"),
                row.getLong("active_mount_id"),
                row.getBoolean("visible"),
                parameters(row.getString("conf_params")),
                row.getInteger("conf_param_version"),
                row.getInteger("conf_param_version_applied"),
                List.copyOf(mounts));
    }

    private static Map<String, String> parameters(String json) {
        Map<String, String> parameters = new TreeMap<>();
        ContractJson.read(json, JsonNode.class)
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }
}
