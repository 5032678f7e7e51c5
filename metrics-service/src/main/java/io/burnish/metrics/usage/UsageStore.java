package io.burnish.metrics.usage;

import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What was published of each file system last: what is equal to it is not published again. */
@ApplicationScoped
class UsageStore {

    // versions grow also over the loss of this table: they are times
    private static final String KEEP = """
            INSERT INTO filesystem_usage AS u (filesystem_id, version, bytes_total, bytes_free, files_total, files_free, client_count)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (filesystem_id) DO UPDATE SET version = greatest(u.version + 1, excluded.version),
                bytes_total = excluded.bytes_total, bytes_free = excluded.bytes_free, files_total = excluded.files_total,
                files_free = excluded.files_free, client_count = excluded.client_count
            WHERE (u.bytes_total, u.bytes_free, u.files_total, u.files_free, u.client_count) IS DISTINCT FROM
                (excluded.bytes_total, excluded.bytes_free, excluded.files_total, excluded.files_free, excluded.client_count)
            RETURNING version""";

    private static final String DROP_GONE = """
            DELETE FROM filesystem_usage u USING neighbour n
            WHERE n.type = 'filesystem' AND n.id = u.filesystem_id AND n.gone RETURNING u.filesystem_id, u.version""";

    /** Publishes those that are others than last time, and the end of those whose file system is gone. */
    void publish(Tx tx, List<FilesystemUsage> usages) {
        for (FilesystemUsage usage : usages) {
            tx.first(KEEP, columns(usage))
                    .map(row -> versioned(usage, row.getLong(0)))
                    .ifPresent(changed -> tx.publish(Outgoing.usage(changed)));
        }
        for (Row row : tx.query(DROP_GONE)) {
            tx.publish(Outgoing.noUsage(row.getLong(0), row.getLong(1) + 1));
        }
    }

    private static Object[] columns(FilesystemUsage usage) {
        return new Object[] {
            usage.filesystemId(),
            usage.version(),
            usage.bytesTotal(),
            usage.bytesFree(),
            usage.filesTotal(),
            usage.filesFree(),
            usage.clientCount()
        };
    }

    private static FilesystemUsage versioned(FilesystemUsage usage, long version) {
        return new FilesystemUsage(
                usage.filesystemId(),
                version,
                usage.bytesTotal(),
                usage.bytesFree(),
                usage.filesTotal(),
                usage.filesFree(),
                usage.clientCount());
    }
}
