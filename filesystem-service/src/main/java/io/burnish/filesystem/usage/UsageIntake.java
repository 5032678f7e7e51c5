package io.burnish.filesystem.usage;

import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Keeps the newest figures of each file system, so that a list of them asks nobody. */
@ApplicationScoped
public class UsageIntake {

    private final Inbox inbox;

    UsageIntake(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Applies records of the usage topic; older ones than known change nothing. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("usage", records, FilesystemUsage.class, Inbox.Deduplication.BY_HANDLER, this::apply);
    }

    private void apply(Tx tx, List<Received<FilesystemUsage>> messages) {
        for (Received<FilesystemUsage> message : messages) {
            FilesystemUsage usage = message.value();
            long id = ObjectRef.parse(message.key()).id();
            if (usage == null) {
                tx.update("DELETE FROM filesystem_usage WHERE filesystem_id = $1", id);
                continue;
            }
            tx.update(
                    """
                    INSERT INTO filesystem_usage AS u (filesystem_id, version, bytes_total, bytes_free, files_total, files_free, client_count)
                    VALUES ($1, $2, $3, $4, $5, $6, $7)
                    ON CONFLICT (filesystem_id) DO UPDATE SET version = excluded.version, bytes_total = excluded.bytes_total,
                        bytes_free = excluded.bytes_free, files_total = excluded.files_total, files_free = excluded.files_free,
                        client_count = excluded.client_count
                    WHERE u.version < excluded.version""",
                    id,
                    usage.version(),
                    usage.bytesTotal(),
                    usage.bytesFree(),
                    usage.filesTotal(),
                    usage.filesFree(),
                    usage.clientCount());
        }
    }
}
