package io.burnish.kit.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.Refusal;
import io.burnish.kit.call.Refused;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Hands dead letters to their readers once more. Nothing is published again: other readers have had the message, and on a compacted topic an
 * old record would take the place of a newer one. The effect and the note that the letter is done with are one transaction, so a letter
 * takes effect once, however often it is asked for.
 */
@ApplicationScoped
public class DeadLetterReplay {

    private final Database database;
    private final Inbox inbox;

    DeadLetterReplay(Database database, Inbox inbox) {
        this.database = database;
        this.inbox = inbox;
    }

    /**
     * Applies a letter. Nothing happens if it was applied before, or discarded.
     *
     * @throws Refused if its reader still cannot handle it, or has not read anything since the service was started
     */
    public void replay(long id) {
        try {
            database.run(tx -> tx.first("""
                SELECT consumer, topic, key, payload, headers::text, (extract(epoch FROM failed_at) * 1000)::bigint
                FROM dead_letter WHERE id = $1 AND replayed_at IS NULL FOR UPDATE\
                """, id).ifPresent(row -> replay(tx, id, row)));
        } catch (DatabaseUnavailableException | Refused e) {
            throw e;
        } catch (RuntimeException e) {
            database.run(tx -> tx.update("UPDATE dead_letter SET error = $2 WHERE id = $1", id, e.toString()));
            throw refused("It still cannot be handled: " + e);
        }
    }

    private void replay(Tx tx, long id, Row row) {
        if (!inbox.applyAgain(tx, row.getString(0), record(row))) {
            throw refused("Its reader, %s, has not read anything since the service was started. Try again when it has."
                    .formatted(row.getString(0)));
        }
        tx.update("UPDATE dead_letter SET replayed_at = now() WHERE id = $1", id);
    }

    private static Refused refused(String message) {
        return new Refused(new Refusal("dead_letter", message, null));
    }

    private static ConsumerRecord<String, byte[]> record(Row row) {
        RecordHeaders headers = new RecordHeaders();
        ContractJson.read(row.getString(4), JsonNode.class)
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        String payload = row.getString(3);
        return new ConsumerRecord<>(
                row.getString(1),
                0,
                0,
                row.getLong(5),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                row.getString(2),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.empty());
    }

    /** Gives a letter up: what it says never takes effect. */
    public void discard(long id) {
        database.run(tx -> tx.update("DELETE FROM dead_letter WHERE id = $1", id));
    }
}
