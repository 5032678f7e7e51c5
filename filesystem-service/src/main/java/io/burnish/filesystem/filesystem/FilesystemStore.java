package io.burnish.filesystem.filesystem;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** File systems in the database. Every change goes through {@link #changed}, which tells the others in the same transaction. */
@ApplicationScoped
public class FilesystemStore {

    private static final String SELECT =
            "SELECT id, version, name, mgt_id, state, immutable_state, visible, conf_params::text FROM filesystem WHERE ";

    private final ResourceReader reader;
    private final FilesystemResource resource;

    FilesystemStore(ResourceReader reader, FilesystemResource resource) {
        this.reader = reader;
        this.resource = resource;
    }

    /** File systems that a condition selects, ascending id. */
    public List<Filesystem> where(Tx tx, String condition, Object... args) {
        List<Filesystem> found = new ArrayList<>();
        for (Row row : tx.query(SELECT + condition, args)) {
            found.add(new Filesystem(
                    row.getLong(0),
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getBoolean(6),
                    parameters(row.getString(7))));
        }
        return found;
    }

    /** The one with that id that is not removed, its row locked; also one that is being created. */
    public Optional<Filesystem> lock(Tx tx, long id) {
        return where(tx, "id = $1 AND not_deleted FOR UPDATE", id).stream().findFirst();
    }

    /** Notes that it was changed in this transaction: a new version, and the snapshot for everybody. */
    public void changed(Tx tx, long id, boolean observed) {
        tx.update("UPDATE filesystem SET version = version + 1 WHERE id = $1", id);
        Filesystem filesystem = where(tx, "id = $1", id).getFirst();
        if (filesystem.visible()) {
            tx.publish(new FactMessage(filesystem.fact(), reader.wire(tx, resource.resource(), id), observed));
        }
    }

    /** Makes it visible; nothing happens if it is. */
    public void show(Tx tx, long id) {
        if (tx.update("UPDATE filesystem SET visible = true WHERE id = $1 AND NOT visible", id) > 0) {
            changed(tx, id, false);
        }
    }

    /** Gives it a state. */
    public void changeState(Tx tx, long id, String state, boolean observed) {
        tx.update(
                "UPDATE filesystem SET state = $2, state_modified_at = now(), not_deleted = $3 WHERE id = $1",
                id,
                state,
                Fact.GONE.contains(state) ? null : Boolean.TRUE);
        changed(tx, id, observed);
    }

    /** Stores parameters in place of all that are set. */
    Filesystem changeParameters(Tx tx, long id, Map<String, String> parameters) {
        tx.update("UPDATE filesystem SET conf_params = $2::text::jsonb WHERE id = $1", id, ContractJson.text((Object)
                parameters));
        changed(tx, id, false);
        return where(tx, "id = $1", id).getFirst();
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
