package io.burnish.filesystem.copytool;

import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What copytools do, in the database. Within a copytool the open operation on a file is the one that an event means: a file is worked on by
 * one operation at a time. An event of an operation that is not open is of one that has failed meanwhile, or that was never heard to begin.
 */
@ApplicationScoped
class Operations {

    private static final int LONGEST_INFO = 256;

    /** Begins an operation; one on the same file that never ended has failed. */
    void begin(Tx tx, long copytool, CopytoolEvent.Began event) {
        open(tx, copytool, event.fid(), event.dataFid())
                .ifPresent(id -> end(
                        tx,
                        id,
                        OperationState.ERRORED,
                        event.at(),
                        "The copytool began with the file anew without ending this"));
        tx.update(
                """
                INSERT INTO copytool_operation (copytool_id, state, type, started_at, updated_at, path, fid, data_fid)
                VALUES ($1, $2, $3, $4, $4, $5, $6, $7)""",
                copytool,
                OperationState.STARTED.number(),
                event.type().number(),
                event.at(),
                event.path(),
                event.fid(),
                event.dataFid());
    }

    /** Notes progress; returns whether there is such an operation. */
    boolean progress(Tx tx, long copytool, CopytoolEvent.Progressed event) {
        Optional<Long> open = open(tx, copytool, event.fid(), event.dataFid());
        open.ifPresent(id -> tx.update(
                """
                UPDATE copytool_operation SET state = $2, updated_at = $3, data_fid = $4, path = coalesce(path, $5),
                    processed_bytes = coalesce($6, processed_bytes), total_bytes = coalesce($7, total_bytes)
                WHERE id = $1""",
                id,
                OperationState.RUNNING.number(),
                event.at(),
                event.dataFid(),
                event.path(),
                event.processed(),
                event.total()));
        return open.isPresent();
    }

    /** Ends an operation well; returns whether there is such an operation. */
    boolean finish(Tx tx, long copytool, CopytoolEvent.Ended event) {
        Optional<Long> open = open(tx, copytool, event.fid(), event.dataFid());
        open.ifPresent(id -> end(tx, id, OperationState.FINISHED, event.at(), null));
        return open.isPresent();
    }

    /** Ends an operation with an error; returns whether there is such an operation. */
    boolean fail(Tx tx, long copytool, CopytoolEvent.Failed event) {
        Optional<Long> open = open(tx, copytool, event.fid(), event.dataFid());
        open.ifPresent(id -> end(tx, id, OperationState.ERRORED, event.at(), event.error()));
        return open.isPresent();
    }

    /** A restored file is written under another identifier than the one that was asked for. */
    private static Optional<Long> open(Tx tx, long copytool, String fid, String dataFid) {
        Optional<Row> row = tx.first("""
                SELECT id FROM copytool_operation
                WHERE copytool_id = $1 AND finished_at IS NULL AND (data_fid = $3 OR fid = $2 OR fid = $3)
                ORDER BY data_fid = $3 DESC, id DESC LIMIT 1""", copytool, fid, dataFid);
        return row.map(found -> found.getLong(0));
    }

    private static void end(Tx tx, long id, OperationState state, OffsetDateTime at, String info) {
        tx.update("""
                UPDATE copytool_operation SET state = $2, finished_at = $3, updated_at = $3, info = left($4, $5),
                    processed_bytes = CASE WHEN $6 THEN coalesce(total_bytes, processed_bytes) ELSE processed_bytes END
                WHERE id = $1""", id, state.number(), at, info, LONGEST_INFO, state == OperationState.FINISHED);
    }
}
