package io.burnish.gateway.account;

import io.burnish.kit.sql.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Makes and checks passwords. A check takes as long for a name that does not exist as for one that does, and too many failures close
 * the name or the address for a while ({@link AttemptScope}); callers cannot tell why a check failed. All methods block.
 */
@ApplicationScoped
public class Passwords {

    private static final Logger LOG = Logger.getLogger(Passwords.class);
    /** What is hashed against when there is no such account. */
    private static final String NOBODY = PasswordHash.of("nobody").phc();

    private static final Pattern PRINTABLE_NAME = Pattern.compile("[\\w.@+-]{1,30}");

    private final Database database;
    private final LoginLimits limits;
    private final PasswordThreads threads;

    Passwords(Database database, LoginLimits limits, PasswordThreads threads) {
        this.database = database;
        this.limits = limits;
        this.threads = threads;
    }

    /** The stored form of a new password. */
    public String hash(String password) {
        return threads.run(() -> PasswordHash.of(password).phc());
    }

    /**
     * The active account that has this name and password; empty otherwise, and while the name or the address is closed.
     *
     * @param address of the client
     */
    public Optional<Account> check(String username, String password, String address) {
        // cheap refusal first: who is closed does not even queue
        if (closed(username, address)) {
            return Optional.empty();
        }
        return threads.run(() -> closed(username, address) ? Optional.empty() : verify(username, password, address));
    }

    private boolean closed(String username, String address) {
        Duration closed = limits.closedFor(username, address);
        if (closed.isPositive()) {
            denied(username, address, "too many failures, closed for another %d s".formatted(closed.toSeconds() + 1));
        }
        return closed.isPositive();
    }

    private Optional<Account> verify(String username, String password, String address) {
        Optional<Account> account = find(username);
        String stored = account.map(Account::passwordHash).orElse(NOBODY);
        PasswordHash hash = PasswordHash.parse(stored);
        boolean right =
                hash.matches(password) && account.isPresent() && account.get().passwordHash() != null;
        if (!right || !account.get().active()) {
            limits.failed(username, address);
            denied(username, address, right ? "the account is not active" : "wrong name or password");
            return Optional.empty();
        }
        limits.succeeded(username, address);
        if (hash.outdated()) {
            store(account.get().id(), PasswordHash.of(password).phc());
        }
        return account;
    }

    private Optional<Account> find(String username) {
        if (username.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return database.transaction(
                tx -> tx.first("SELECT id, username, active, password_hash FROM account WHERE username = $1", username)
                        .map(Passwords::account));
    }

    private static Account account(Row row) {
        return new Account(row.getLong(0), row.getString(1), row.getBoolean(2), row.getString(3));
    }

    private void store(long accountId, String hash) {
        database.run(tx -> tx.update("UPDATE account SET password_hash = $2 WHERE id = $1", accountId, hash));
    }

    /** People type passwords where the name belongs: what cannot be a name is not written down. */
    private static void denied(String username, String address, String reason) {
        String name = PRINTABLE_NAME.matcher(username).matches() ? username : "(not a user name)";
        LOG.warnf("log-in denied: user %s, from %s: %s", name, address, reason);
    }
}
