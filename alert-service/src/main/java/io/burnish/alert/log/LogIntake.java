package io.burnish.alert.log;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Stores the servers' log lines and the events that some of them stand for (monitoring 7.3 and 8): each line once, in the order in
 * which its server wrote it, two statements for all that one poll brings.
 */
@ApplicationScoped
public class LogIntake {

    private static final Logger LOG = Logger.getLogger(LogIntake.class);

    /** Ids follow the order of the lines: lines of the same microsecond stay in order. */
    private static final String STORE = """
            INSERT INTO log_line (at, fqdn, severity, facility, tag, message, message_class, mentions)
            SELECT at, fqdn, severity, facility, tag, message, message_class, mentions::jsonb
            FROM unnest($1::timestamptz[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::int[], $8::text[])
                WITH ORDINALITY AS l (at, fqdn, severity, facility, tag, message, message_class, mentions, place)
            ORDER BY place""";

    private final Inbox inbox;
    private final SyslogEvents events;

    LogIntake(Inbox inbox, SyslogEvents events) {
        this.inbox = inbox;
        this.events = events;
    }

    @Incoming("log-lines")
    Uni<Void> lines(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("log-lines", records, LogBatch.class, this::store);
    }

    private void store(Tx tx, List<Received<LogBatch>> messages) {
        List<StoredLine> lines = new ArrayList<>();
        for (Received<LogBatch> message : messages) {
            LogBatch batch = message.value();
            for (LogBatch.Line line : batch.lines()) {
                if (line == null || line.at() == null || line.message() == null) {
                    LOG.debugf("a line of %s without time or text is left out", batch.fqdn());
                } else {
                    lines.add(StoredLine.of(batch, line));
                }
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        tx.query(
                STORE,
                lines.stream().map(line -> line.at().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                texts(lines, StoredLine::fqdn),
                lines.stream().map(StoredLine::severity).toArray(Integer[]::new),
                lines.stream().map(StoredLine::facility).toArray(Integer[]::new),
                texts(lines, StoredLine::tag),
                texts(lines, StoredLine::message),
                lines.stream().map(line -> line.messageClass().ordinal()).toArray(Integer[]::new),
                texts(lines, line -> ContractJson.text(Mention.in(line.message()))));
        events.record(tx, lines);
        // last: this row is shared by all who store lines
        tx.update("UPDATE log_size SET lines = lines + $1", (long) lines.size());
    }

    private static String[] texts(List<StoredLine> lines, Function<StoredLine, String> value) {
        return lines.stream().map(value).toArray(String[]::new);
    }
}
