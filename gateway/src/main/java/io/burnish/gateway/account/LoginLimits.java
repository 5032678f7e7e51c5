package io.burnish.gateway.account;

import io.burnish.kit.sql.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Counts failed log-ins, and keys that do not exist, in the database, so that a restart or another instance does not give an attacker new attempts. All methods
 * block.
 */
@ApplicationScoped
public class LoginLimits {

    private final Database database;

    LoginLimits(Database database) {
        this.database = database;
    }

    /** How long no attempt is allowed for that name from that address; zero if one is allowed now. */
    Duration closedFor(String username, String address) {
        return closedFor(subjects(username, address));
    }

    /** How long no key from that address is looked up; zero if one is now. */
    public Duration keysClosedFor(String address) {
        return closedFor(keys(address));
    }

    private Duration closedFor(Map<AttemptScope, String> scopes) {
        String[] subjects = scopes.values().toArray(String[]::new);
        Double seconds = database.transaction(tx -> tx.one(
                        "SELECT extract(epoch FROM max(blocked_until) - now())::float8 FROM login_failure WHERE subject = ANY($1)",
                        (Object) subjects)
                .getDouble(0));
        return seconds == null || seconds <= 0 ? Duration.ZERO : Duration.ofMillis((long) (seconds * 1000));
    }

    /** Notes a failed attempt. */
    void failed(String username, String address) {
        failed(subjects(username, address));
    }

    /** Notes a key that does not exist. */
    public void keyFailed(String address) {
        failed(keys(address));
    }

    private void failed(Map<AttemptScope, String> subjects) {
        database.run(tx -> {
            List<Tuple> closures = new ArrayList<>();
            subjects.forEach((scope, subject) -> {
                Row row = tx.one("""
                        INSERT INTO login_failure AS f (subject, failures, last_at, blocked_until) VALUES ($1, 1, now(), now())
                        ON CONFLICT (subject) DO UPDATE SET last_at = now(), failures =
                            CASE WHEN f.last_at < now() - $2::text::interval THEN 1 ELSE f.failures + 1 END
                        RETURNING failures""", subject, AttemptScope.FORGOTTEN.toString());
                Duration closed = scope.closedAfter(row.getInteger(0));
                if (closed.isPositive()) {
                    closures.add(Tuple.of(subject, closed.toString()));
                }
            });
            tx.batch(
                    "UPDATE login_failure SET blocked_until = now() + $2::text::interval WHERE subject = $1", closures);
        });
    }

    /** Forgets the failures of a name after a good attempt; those of the address stay, for its owner may guess other names. */
    void succeeded(String username, String address) {
        Map<AttemptScope, String> subjects = subjects(username, address);
        String[] cleared = {subjects.get(AttemptScope.PAIR), subjects.get(AttemptScope.NAME)};
        database.run(tx -> tx.update("DELETE FROM login_failure WHERE subject = ANY($1)", (Object) cleared));
    }

    /** Removes what is forgotten. */
    public int sweep() {
        return database.transaction(tx -> tx.update(
                "DELETE FROM login_failure WHERE last_at < now() - $1::text::interval AND blocked_until < now()",
                AttemptScope.FORGOTTEN.toString()));
    }

    /** In the order of the enum, so that two attempts lock the rows in the same order. */
    private static Map<AttemptScope, String> subjects(String username, String address) {
        Map<AttemptScope, String> subjects = new EnumMap<>(AttemptScope.class);
        subjects.put(AttemptScope.PAIR, hash("pair", username + "\n" + address));
        subjects.put(AttemptScope.ADDRESS, hash("address", address));
        subjects.put(AttemptScope.NAME, hash("name", username));
        return subjects;
    }

    private static Map<AttemptScope, String> keys(String address) {
        return Map.of(AttemptScope.KEYS, hash("keys", address));
    }

    private static String hash(String scope, String value) {
        return scope + ":" + HexFormat.of().formatHex(RandomKeys.hash(value), 0, 16);
    }
}
