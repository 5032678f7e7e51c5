package io.burnish.gateway.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.gateway.account.AccountChanged;
import io.burnish.gateway.account.LoginLimits;
import io.burnish.gateway.account.RandomKeys;
import io.burnish.gateway.account.Rights;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds out whether a presented key is good, and what it may do now: whatever its owner has lost, it has lost. What was found is
 * remembered for {@link #REMEMBERED}; that is how long another instance may go on serving a key that was revoked here.
 *
 * <p>Keys that do not exist are counted by the address that they come from. An address that brings too many is closed for a while, but
 * for the keys that were good within {@link #TRUSTED}: one program with an old key does not lock out those beside it.
 */
@ApplicationScoped
public class ApiKeys {

    static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration TRUSTED = Duration.ofHours(1);
    private static final Logger LOG = Logger.getLogger(ApiKeys.class);

    private static final String FIND = """
            WITH used AS (
                UPDATE api_key SET last_used_at = now() WHERE secret_hash = $1 AND expires_at > now()
                    AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
            SELECT k.id, k.name, k.level, k.expires_at, a.id, a.username, a.superuser, ARRAY(
                SELECT m.group_id FROM account_membership m WHERE m.account_id = a.id)
            FROM api_key k JOIN account a ON a.id = k.account_id
            WHERE k.secret_hash = $1 AND k.expires_at > now() AND a.active""";

    private final Database database;
    private final LoginLimits limits;
    private final Vertx vertx;
    private final Cache<String, Optional<KeyUse>> remembered = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final Cache<String, Boolean> trusted =
            Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(TRUSTED).build();

    ApiKeys(Database database, LoginLimits limits, Vertx vertx) {
        this.database = database;
        this.limits = limits;
        this.vertx = vertx;
    }

    /**
     * The key with that secret, if it is good. Does not block; fails when there is no database to ask.
     *
     * @param address of the client
     */
    public Future<Optional<KeyUse>> find(String secret, String address) {
        byte[] hash = RandomKeys.hash(secret);
        String name = HexFormat.of().formatHex(hash);
        Optional<KeyUse> known = remembered.getIfPresent(name);
        return known == null
                ? vertx.executeBlocking(() -> load(secret, hash, name, address), false)
                : Future.succeededFuture(stillGood(known));
    }

    private static Optional<KeyUse> stillGood(Optional<KeyUse> known) {
        return known.filter(use -> Instant.now().isBefore(use.expires()));
    }

    private Optional<KeyUse> load(String secret, byte[] hash, String name, String address) {
        if (trusted.getIfPresent(name) == null) {
            Duration closed = limits.keysClosedFor(address);
            if (closed.isPositive()) {
                denied(address, "too many failures, closed for another %d s".formatted(closed.toSeconds() + 1));
                return Optional.empty();
            }
        }
        Optional<KeyUse> found = KeySecret.is(secret)
                ? database.transaction(tx -> tx.first(FIND, (Object) hash).map(ApiKeys::use))
                : Optional.empty();
        remembered.put(name, found);
        if (found.isPresent()) {
            trusted.put(name, Boolean.TRUE);
        } else {
            limits.keyFailed(address);
            denied(address, "no such key, or it has expired, or its owner is not active");
        }
        return found;
    }

    private static KeyUse use(Row row) {
        Principal owner =
                Rights.principal(row.getLong(4), row.getString(5), row.getBoolean(6), List.of(row.getArrayOfLongs(7)));
        return new KeyUse(
                row.getLong(0),
                row.getString(1),
                Rights.atMost(owner, KeyRole.ofStored(row.getInteger(2)).level()),
                row.getOffsetDateTime(3).toInstant());
    }

    private static void denied(String address, String reason) {
        LOG.warnf("API key refused, from %s: %s", address, reason);
    }

    /** Forgets what is remembered of keys that may have been revoked. */
    void revoked() {
        remembered.invalidateAll();
    }

    void accountChanged(@Observes AccountChanged changed) {
        remembered.invalidateAll();
    }

    /** Removes keys that have expired so long ago that nobody will look for them in the list. Blocks. */
    public int sweep() {
        return database.transaction(
                tx -> tx.update("DELETE FROM api_key WHERE expires_at < now() - interval '30 days'"));
    }
}
