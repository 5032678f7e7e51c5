package io.burnish.gateway.audit;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The table of attempts to change something. Blocks. */
@ApplicationScoped
class AuditStore {

    private static final String BEGIN = """
            INSERT INTO audit (request, at, account_id, username, api_key, address, method, path)
            SELECT r, t, nullif(i, 0), u, nullif(k, ''), a, m, p FROM unnest(
                $1::uuid[], $2::timestamptz[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
                AS e (r, t, i, u, k, a, m, p)""";
    private static final String END = """
            UPDATE audit SET status = o.s, duration_ms = o.d,
                account_id = coalesce(nullif(o.i, 0), account_id), username = coalesce(nullif(o.u, ''), username)
            FROM unnest($1::uuid[], $2::integer[], $3::bigint[], $4::bigint[], $5::text[]) AS o (r, s, d, i, u)
            WHERE request = o.r""";

    private final Database database;

    AuditStore(Database database) {
        this.database = database;
    }

    /** Stores beginnings and ends, all or nothing; the beginning of an end must be stored before. */
    void write(List<AuditEntry> begun, List<AuditOutcome> ended) {
        database.run(tx -> {
            if (!begun.isEmpty()) {
                begin(tx, begun);
            }
            if (!ended.isEmpty()) {
                end(tx, ended);
            }
        });
    }

    private static void begin(Tx tx, List<AuditEntry> entries) {
        tx.query(
                BEGIN,
                column(entries, UUID[]::new, AuditEntry::request),
                column(entries, OffsetDateTime[]::new, entry -> entry.at().atOffset(ZoneOffset.UTC)),
                column(entries, Long[]::new, AuditEntry::accountId),
                column(entries, String[]::new, AuditEntry::username),
                column(entries, String[]::new, AuditEntry::apiKey),
                column(entries, String[]::new, AuditEntry::address),
                column(entries, String[]::new, AuditEntry::method),
                column(entries, String[]::new, AuditEntry::path));
    }

    private static void end(Tx tx, List<AuditOutcome> outcomes) {
        tx.query(
                END,
                column(outcomes, UUID[]::new, AuditOutcome::request),
                column(outcomes, Integer[]::new, AuditOutcome::status),
                column(outcomes, Long[]::new, AuditOutcome::durationMillis),
                column(outcomes, Long[]::new, AuditOutcome::accountId),
                column(outcomes, String[]::new, AuditOutcome::username));
    }

    private static <E, T> Object column(List<E> rows, IntFunction<T[]> array, Function<E, T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
