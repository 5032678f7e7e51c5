package io.burnish.gateway.apikey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.gateway.account.RandomKeys;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** {@code POST /api/api_key/}: the answer is the only place that ever shows the secret. */
@ApplicationScoped
class KeyCreation {

    private static final int KEYS_LIMIT = 100;

    private final Database database;
    private final ResourceReader reader;

    KeyCreation(Database database, ResourceReader reader) {
        this.database = database;
        this.reader = reader;
    }

    Reply create(Call call) {
        KeyForm form = KeyForm.of(call.body(), call.principal().level(), OffsetDateTime.now(ZoneOffset.UTC));
        String secret = KeySecret.random();
        ObjectNode made = database.transaction(tx -> {
            long id = store(tx, call, form, secret);
            return reader.wire(tx, call.resource(), id);
        });
        made.put("secret", secret);
        return new Reply.Json(201, made, made.path("resource_uri").asText());
    }

    private static long store(Tx tx, Call call, KeyForm form, String secret) {
        long owner = call.principal().userId();
        // one after the other: the number of keys is bounded
        if (tx.first("SELECT 1 FROM account WHERE id = $1 AND active FOR UPDATE", owner)
                .isEmpty()) {
            throw ApiError.unauthorized();
        }
        if (tx.one("SELECT count(*) FROM api_key WHERE account_id = $1", owner).getLong(0) >= KEYS_LIMIT) {
            throw ApiError.field("__all__", "You have %d keys already: revoke some first.".formatted(KEYS_LIMIT));
        }
        Optional<Long> parent = PresentedKey.of(call.request());
        OffsetDateTime expires =
                parent.map(id -> requireWithin(tx, id, form.expires())).orElse(form.expires());
        Optional<Row> stored = tx.first(
                """
                INSERT INTO api_key (account_id, name, secret_hash, level, parent_id, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, name) DO NOTHING RETURNING id""", owner, form.name(), RandomKeys.hash(secret), form.role().stored(), parent.orElse(null), expires);
        return stored.orElseThrow(() -> ApiError.field("name", "You have a key with this name already."))
                .getLong(0);
    }

    /** A key that is made with a key lives no longer than that. */
    private static OffsetDateTime requireWithin(Tx tx, long parent, OffsetDateTime wanted) {
        OffsetDateTime limit = tx.first("SELECT expires_at FROM api_key WHERE id = $1 FOR SHARE", parent)
                .orElseThrow(ApiError::unauthorized)
                .getOffsetDateTime(0);
        return wanted.isBefore(limit) ? wanted : limit;
    }
}
