package io.burnish.host.registration;

import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creations that are under way, in the table {@code host_creation}. */
@ApplicationScoped
class CreationStore {

    private static final String SELECT =
            "SELECT key, host_id, taken, token_id, registration, request::text AS request FROM host_creation ";

    /** From here to the end of the transaction nobody else creates a server: names are checked and taken without a gap. */
    void one(Tx tx) {
        tx.query("LOCK TABLE host_creation IN SHARE ROW EXCLUSIVE MODE");
    }

    void begin(Tx tx, Creation creation) {
        tx.update(
                """
                INSERT INTO host_creation (key, host_id, taken, token_id, registration, request)
                VALUES ($1, $2, $3, $4, $5, $6::text::jsonb)""",
                creation.key(),
                creation.hostId(),
                creation.taken(),
                creation.tokenId(),
                creation.registration(),
                creation.stored());
    }

    Optional<Creation> ofRegistration(Tx tx, String registration) {
        return tx.first(SELECT + "WHERE registration = $1", registration).map(Creation::of);
    }

    Optional<Creation> ofKey(Tx tx, String key) {
        return tx.first(SELECT + "WHERE key = $1", key).map(Creation::of);
    }

    /** The creation is over; false if somebody else has ended it. */
    boolean end(Tx tx, Creation creation) {
        return tx.update("DELETE FROM host_creation WHERE key = $1", creation.key()) == 1;
    }

    /** Creations that nobody works on any more. */
    List<Creation> leftBehind(Tx tx, Duration age) {
        List<Creation> found = new ArrayList<>();
        for (Row row : tx.query(
                SELECT + "WHERE created_at < now() - make_interval(secs => $1) ORDER BY created_at LIMIT 100",
                age.toMillis() / 1000.0)) {
            found.add(Creation.of(row));
        }
        return found;
    }
}
