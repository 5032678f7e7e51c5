package io.burnish.alert.deadletter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.alert.alert.AlertStore;
import io.burnish.alert.alert.Event;
import io.burnish.alert.rule.Item;
import io.burnish.alert.type.AlertType;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.kit.messaging.DeadLetters.DeadLetter;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Messages that a service could not handle become an alert: one per service and reader, as long as nobody has dismissed it. Further
 * messages are counted in its {@code variant}. All are on the list of {@link DeadLetterResource}.
 */
@ApplicationScoped
public class DeadLetterFeed {

    private static final String SELF = "dead-letters";
    private static final int ERROR_LIMIT = 300;

    private final Inbox inbox;
    private final AlertStore alerts;

    DeadLetterFeed(Inbox inbox, AlertStore alerts) {
        this.inbox = inbox;
        this.alerts = alerts;
    }

    @Incoming("dead-letters")
    Uni<Void> letters(ConsumerRecords<String, byte[]> records) {
        return inbox.consume(SELF, records, DeadLetter.class, this::record);
    }

    private void record(Tx tx, List<Received<DeadLetter>> messages) {
        for (Received<DeadLetter> message : messages) {
            // one that this reader has buried itself would come round for ever
            if (message.value() != null && !SELF.equals(message.value().consumer())) {
                keep(tx, message);
                record(tx, service(message.source()), message.value());
            }
        }
    }

    private static void keep(Tx tx, Received<DeadLetter> message) {
        DeadLetter letter = message.value();
        tx.update("""
            INSERT INTO unhandled_message (service, letter_id, reader, topic, key, error) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (service, letter_id) DO NOTHING\
            """, message.source(), letter.id(), letter.consumer(), letter.topic(), letter.key(), letter.error());
    }

    private void record(Tx tx, Item service, DeadLetter letter) {
        Optional<Row> open =
                tx.first("""
                    SELECT id, variant FROM alert WHERE record_type = $1 AND item_type = $2 AND item_id = $3 AND NOT dismissed
                        AND variant::jsonb ->> 'consumer' = $4
                    ORDER BY id DESC LIMIT 1 FOR NO KEY UPDATE\
                    """, AlertType.MESSAGE_UNHANDLED.wire(), service.type(), service.id(), letter.consumer());
        if (open.isPresent()) {
            ObjectNode variant = ContractJson.read(open.get().getString(1), ObjectNode.class);
            variant.put("count", variant.path("count").asLong() + 1);
            tx.update("UPDATE alert SET variant = $2 WHERE id = $1", open.get().getLong(0), variant.toString());
            return;
        }
        alerts.event(
                tx,
                new Event(
                        AlertType.MESSAGE_UNHANDLED,
                        service,
                        message(service, letter),
                        AlertType.MESSAGE_UNHANDLED.severity(),
                        Map.of("consumer", letter.consumer(), "count", 1)));
    }

    private static String message(Item service, DeadLetter letter) {
        String error = letter.error().length() <= ERROR_LIMIT
                ? letter.error()
                : letter.error().substring(0, ERROR_LIMIT) + "…";
        return "The %s could not handle a message (reader %s, topic %s, key %s): %s. What it says has had no effect; it is kept, and can be handled again or be given up (/api/dead_letter/)."
                .formatted(service.text(), letter.consumer(), letter.topic(), letter.key(), error);
    }

    private static Item service(String source) {
        for (ServiceName name : ServiceName.values()) {
            if (name.wire().equals(source)) {
                return Item.of(name);
            }
        }
        return new Item(Item.SERVICE, 0, source);
    }
}
