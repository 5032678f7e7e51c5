package io.burnish.gateway.account;

import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Makes the superuser {@code admin} when there is no account at all. Its password is {@code BURNISH_ADMIN_PASSWORD}, or a generated
 * one that is left in the file {@value #FILE} of the key directory, readable for the owner of the process only.
 *
 * <p>The file is written before the account: whatever happens in between, the next start uses the password of the file.
 */
@ApplicationScoped
class FirstAdministrator {

    static final String NAME = "admin";
    static final String FILE = "admin-password";
    /** When at start the account is made. */
    static final int PRIORITY = 100;

    private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);

    private final Database database;
    private final Passwords passwords;
    private final Path file;
    private final Optional<String> configured;

    FirstAdministrator(
            Database database,
            Passwords passwords,
            PkiDirectory pki,
            @ConfigProperty(name = "burnish.admin.password") Optional<String> configured) {
        this.database = database;
        this.passwords = passwords;
        this.file = pki.directory().resolve(FILE);
        this.configured = configured.filter(password -> !password.isBlank());
    }

    void create(@Observes @Priority(PRIORITY) StartupEvent startup) {
        if (database.transaction(FirstAdministrator::anyAccount)) {
            return;
        }
        String hash = passwords.hash(configured.orElseGet(this::generated));
        if (database.transaction(tx -> createdFirst(tx, hash))) {
            LOG.infof(
                    "created the superuser %s with %s",
                    NAME, configured.isPresent() ? "the configured password" : "the password in " + file);
        }
    }

    private static boolean anyAccount(Tx tx) {
        return tx.one("SELECT EXISTS (SELECT 1 FROM account)").getBoolean(0);
    }

    /** Of several instances that start at the same time, one creates the account. */
    private static boolean createdFirst(Tx tx, String hash) {
        tx.query("LOCK TABLE account IN EXCLUSIVE MODE");
        if (anyAccount(tx)) {
            return false;
        }
        long id = tx.one(
                        "INSERT INTO account (username, superuser, password_hash) VALUES ($1, true, $2) RETURNING id",
                        NAME,
                        hash)
                .getLong(0);
        tx.update("INSERT INTO account_membership (account_id, group_id) VALUES ($1, $2)", id, Groups.SUPERUSERS);
        return true;
    }

    private String generated() {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, RandomKeys.password() + "\n", StandardOpenOption.WRITE);
            }
            String password = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (password.isEmpty()) {
                throw new IOException("the file is empty: remove it, and start again");
            }
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the administrator's password in " + file, e);
        }
    }
}
