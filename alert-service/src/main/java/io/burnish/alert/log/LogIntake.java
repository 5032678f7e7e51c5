package io.burnish.alert.log;

import io.burnish.alert.alert.AlertStore;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Stores the servers' log lines and raises the events that some of them stand for (monitoring 7.3 and 8). */
@ApplicationScoped
public class LogIntake {

    private static final String STORE = """
            INSERT INTO log_line (at, fqdn, severity, facility, tag, message, message_class, mentions)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)""";

    private final Inbox inbox;
    private final AlertStore alerts;

    LogIntake(Inbox inbox, AlertStore alerts) {
        this.inbox = inbox;
        this.alerts = alerts;
    }

    @Incoming("log-lines")
    Uni<Void> lines(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("log-lines", records, LogBatch.class, this::store);
    }

    private void store(Tx tx, List<Received<LogBatch>> messages) {
        List<Tuple> rows = new ArrayList<>();
        for (Received<LogBatch> message : messages) {
            for (LogBatch.Line line : message.value().lines()) {
                rows.add(row(message.value().fqdn(), line));
                SyslogRules.of(line.message()).ifPresent(finding -> record(tx, message.value(), finding));
            }
        }
        tx.batch(STORE, rows);
    }

    private static Tuple row(String fqdn, LogBatch.Line line) {
        String text = line.message().replace('\0', ' ');
        return Tuple.tuple()
                .addValue(line.at().atOffset(ZoneOffset.UTC))
                .addValue(fqdn)
                .addValue(line.severity())
                .addValue(line.facility())
                .addValue(line.tag())
                .addValue(text)
                .addValue(MessageClass.of(text).ordinal())
                .addValue(ContractJson.text(Mention.in(text)));
    }

    private void record(Tx tx, LogBatch batch, SyslogRules.Finding finding) {
        Optional<String> label = tx.first(
                        "SELECT label FROM neighbour WHERE ref = $1 AND NOT gone",
                        ObjectRef.host(batch.hostId()).toString())
                .map(row -> row.getString(0));
        if (label.isEmpty()) {
            return;
        }
        switch (finding) {
            case SyslogRules.Event event ->
                alerts.event(
                        tx,
                        event.type(),
                        ObjectRef.host(batch.hostId()),
                        label.get(),
                        event.message(),
                        event.severity(),
                        ContractJson.text(Map.of("message_str", event.message())),
                        event.pid());
            case SyslogRules.Flavor flavor ->
                tx.update("""
                        UPDATE alert SET message = message || $3 WHERE id = (
                            SELECT id FROM alert WHERE record_type = 'ClientConnectEvent' AND item_id = $1 AND lustre_pid = $2
                            ORDER BY id DESC LIMIT 1)""", batch.hostId(), flavor.pid(), " with security flavor " + flavor.flavor());
        }
    }
}
