package io.burnish.host.ssh;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The keys that servers showed at the first successful login, in the form {@code <type> <base64>}. */
@ApplicationScoped
public class SshHostKeys {

    private final Database database;

    SshHostKeys(Database database) {
        this.database = database;
    }

    Optional<String> pinned(String endpoint) {
        return database.transaction(tx -> find(tx, endpoint));
    }

    /** Keeps the key of the first contact, or a new one that is accepted; returns the key that counts from now on. */
    String pin(String endpoint, String key, boolean replace) {
        return database.transaction(tx -> {
            tx.update(
                    "INSERT INTO ssh_host_key AS k (endpoint, public_key) VALUES ($1, $2) ON CONFLICT (endpoint) DO UPDATE "
                            + "SET public_key = excluded.public_key, first_seen = now() WHERE $3",
                    endpoint,
                    key,
                    replace);
            return find(tx, endpoint).orElseThrow();
        });
    }

    /** The server with that address is removed: the next one there may have another key. */
    public void forget(Tx tx, SshAddress address) {
        tx.update("DELETE FROM ssh_host_key WHERE endpoint = $1", address.endpoint());
    }

    private static Optional<String> find(Tx tx, String endpoint) {
        return tx.first("SELECT public_key FROM ssh_host_key WHERE endpoint = $1", endpoint)
                .map(row -> row.getString(0));
    }
}
