package io.burnish.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.gateway.account.AccountChanged;
import io.burnish.gateway.account.RandomKeys;
import io.burnish.gateway.account.Rights;
import io.burnish.kit.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of logged-in accounts, in the database under the hash of their key, so that they survive a restart and are of no use to
 * who reads the table. What was found is remembered for {@link #REMEMBERED}; that is how long another instance may go on serving a
 * session that ended here.
 *
 * <p>An anonymous session is a key that is not in the table. It has nothing to remember, so it costs nothing; a log-in always
 * changes the key.
 */
@ApplicationScoped
public class Sessions {

    /** Age of a session that is not refreshed (API contract, core 1.17). */
    public static final Duration LIFETIME = Duration.ofDays(14);

    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final String FIND = """
            SELECT a.id, a.username, a.superuser, ARRAY(
                SELECT m.group_id FROM account_membership m WHERE m.account_id = a.id)
            FROM login_session s JOIN account a ON a.id = s.account_id
            WHERE s.key_hash = $1 AND s.expires_at > now() AND a.active""";

    private final Database database;
    private final Cache<String, Optional<LiveSession>> remembered = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    Sessions(Database database) {
        this.database = database;
    }

    /** The first live session among the candidates of a request. Does not block; fails when there is no database to ask. */
    public Future<Optional<LiveSession>> find(List<String> keys) {
        return find(keys, 0);
    }

    private Future<Optional<LiveSession>> find(List<String> keys, int position) {
        if (position == keys.size()) {
            return Future.succeededFuture(Optional.empty());
        }
        Optional<LiveSession> known = remembered.getIfPresent(keys.get(position));
        if (known == null) {
            return load(keys.get(position))
                    .compose(found -> found.isPresent() ? Future.succeededFuture(found) : find(keys, position + 1));
        }
        return known.isPresent() ? Future.succeededFuture(known) : find(keys, position + 1);
    }

    private Future<Optional<LiveSession>> load(String key) {
        return database.query(FIND, Tuple.of(RandomKeys.hash(key))).map(rows -> {
            Optional<LiveSession> found = session(key, rows);
            remembered.put(key, found);
            return found;
        });
    }

    private static Optional<LiveSession> session(String key, RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(new LiveSession(
                    key,
                    Rights.principal(
                            row.getLong(0), row.getString(1), row.getBoolean(2), List.of(row.getArrayOfLongs(3)))));
        }
        return Optional.empty();
    }

    /** Begins a session and returns its key. Blocks. */
    public String begin(long accountId) {
        String key = RandomKeys.sessionKey();
        database.run(tx -> tx.update(
                "INSERT INTO login_session (key_hash, account_id, expires_at) VALUES ($1, $2, now() + $3::text::interval)",
                RandomKeys.hash(key),
                accountId,
                LIFETIME.toString()));
        return key;
    }

    /** Gives a session its full lifetime again. Blocks. */
    public void refresh(LiveSession session) {
        // one write a minute at most: clients may ask for their session often
        database.run(tx -> tx.update("""
                UPDATE login_session SET expires_at = now() + $2::text::interval
                WHERE key_hash = $1 AND expires_at < now() + $2::text::interval - interval '1 minute'""", RandomKeys.hash(session.key()), LIFETIME.toString()));
    }

    /** Ends the session with that key, if there is one. Blocks. */
    public void end(String key) {
        database.run(tx -> tx.update("DELETE FROM login_session WHERE key_hash = $1", RandomKeys.hash(key)));
        remembered.invalidate(key);
    }

    void accountChanged(@Observes AccountChanged changed) {
        remembered
                .asMap()
                .values()
                .removeIf(found -> found.isPresent() && found.get().principal().userId() == changed.accountId());
    }

    /** Removes sessions that have ended by age. Blocks. */
    public int sweep() {
        return database.transaction(tx -> tx.update("DELETE FROM login_session WHERE expires_at < now()"));
    }
}
