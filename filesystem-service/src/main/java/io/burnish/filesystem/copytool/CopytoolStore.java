package io.burnish.filesystem.copytool;

import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copytools in the database. Every change tells the others in the same transaction. */
@ApplicationScoped
public class CopytoolStore {

    /** The expression of the label, of {@code c} with its file system {@code f}. */
    static final String LABEL =
            "regexp_replace(c.bin_path, '^.*/', '') || '-' || f.name || '-' || c.archive || '-' || c.index";

    private static final String SELECT = """
            SELECT c.id, c.version, c.host_id, c.filesystem_id, f.name, c.client_mount_id, %s, c.bin_path, c.archive, c.index,
                c.mountpoint, c.hsm_arguments, c.state, c.immutable_state, c.run, c.uuid
            FROM copytool c JOIN filesystem f ON f.id = c.filesystem_id WHERE\s""".formatted(LABEL);

    private final ResourceReader reader;
    private final CopytoolResource resource;

    CopytoolStore(ResourceReader reader, CopytoolResource resource) {
        this.reader = reader;
        this.resource = resource;
    }

    /** Copytools {@code c} that a condition selects. */
    List<Copytool> where(Tx tx, String condition, Object... args) {
        List<Copytool> found = new ArrayList<>();
        for (Row row : tx.query(SELECT + condition, args)) {
            found.add(new Copytool(
                    row.getLong(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    row.getString(7),
                    row.getInteger(8),
                    row.getInteger(9),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    row.getBoolean(13),
                    row.getString(14),
                    row.getString(15)));
        }
        return found;
    }

    /** The one with that id, removed or not. */
    Copytool get(Tx tx, long id) {
        return where(tx, "c.id = $1", id).getFirst();
    }

    /** The one with that id that is not removed, its row locked. */
    Optional<Copytool> lock(Tx tx, long id) {
        return where(tx, "c.id = $1 AND c.not_deleted FOR UPDATE OF c", id).stream()
                .findFirst();
    }

    /** Locks its row and returns its state; empty if it does not exist or is removed. */
    public Optional<String> lockState(Tx tx, long id) {
        return lock(tx, id).map(Copytool::state);
    }

    /** Gives it a state. */
    public void changeState(Tx tx, long id, String state, boolean observed) {
        tx.update(
                "UPDATE copytool SET state = $2, state_modified_at = now(), not_deleted = $3 WHERE id = $1",
                id,
                state,
                Fact.GONE.contains(state) ? null : Boolean.TRUE);
        changed(tx, id, observed);
    }

    /** Inserts one with the first free number after those of the same server, program, file system and archive. */
    long create(Tx tx, CopytoolForm form, long clientMountId) {
        long id = tx.one(
                        """
                        INSERT INTO copytool (host_id, filesystem_id, client_mount_id, bin_path, archive, index, mountpoint, hsm_arguments)
                        SELECT $1::bigint, $2::bigint, $3, $4::text, $5::integer, coalesce(max(index) + 1, 0), $6, $7 FROM copytool
                        WHERE host_id = $1 AND filesystem_id = $2 AND bin_path = $4 AND archive = $5 AND not_deleted
                        RETURNING id""",
                        form.hostId(),
                        form.filesystemId(),
                        clientMountId,
                        form.binPath(),
                        form.archive(),
                        form.mountpoint(),
                        form.hsmArguments())
                .getLong(0);
        publish(tx, id, false);
        return id;
    }

    /** From now on the words of a run count. */
    void beginRun(Tx tx, long id, String run) {
        tx.update("UPDATE copytool SET run = $2, registered = NULL WHERE id = $1", id, run);
    }

    /** No run's words count any more; what it was doing has failed. */
    void endRun(Tx tx, long id, String why) {
        tx.update("UPDATE copytool SET run = NULL, registered = NULL, uuid = NULL WHERE id = $1", id);
        failOperations(tx, id, why);
    }

    /** The operations that it has begun and not ended have failed. */
    void failOperations(Tx tx, long id, String why) {
        tx.update("""
                UPDATE copytool_operation SET state = $2, finished_at = now(), updated_at = now(), info = $3
                WHERE copytool_id = $1 AND finished_at IS NULL""", id, OperationState.ERRORED.number(), why);
    }

    /** Notes that it was changed in this transaction: a new version, and the snapshot for everybody. */
    void changed(Tx tx, long id, boolean observed) {
        tx.update("UPDATE copytool SET version = version + 1 WHERE id = $1", id);
        publish(tx, id, observed);
    }

    private void publish(Tx tx, long id, boolean observed) {
        tx.publish(new FactMessage(get(tx, id).fact(), reader.wire(tx, resource.resource(), id), observed));
    }
}
