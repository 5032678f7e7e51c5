package io.burnish.gateway.account;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.NumericId;
import io.burnish.kit.api.Reply;
import io.burnish.kit.security.Level;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** {@code DELETE /api/user/<id>/}: superusers remove others, with their sessions; nobody removes itself, so one superuser always stays. */
@ApplicationScoped
class UserRemoval {

    private final Database database;
    private final Event<AccountChanged> changed;

    UserRemoval(Database database, Event<AccountChanged> changed) {
        this.database = database;
        this.changed = changed;
    }

    Reply remove(Call call) {
        // a DELETE of something that cannot be an id is a 404 with an empty body (API contract, core 1.1)
        long id = NumericId.of(call.id()).orElseThrow(ApiError::notFound);
        if (id == call.principal().userId()) {
            throw ApiError.field("id", "Cannot delete currently authenticated user");
        }
        if (call.principal().level() != Level.SUPERUSER) {
            throw ApiError.unauthorized();
        }
        database.run(tx -> remove(tx, id));
        changed.fire(new AccountChanged(id));
        return Reply.noContent();
    }

    private static void remove(Tx tx, long id) {
        // the caller's own account may have been demoted since it was let in
        if (!Superusers.othersThan(tx, id)) {
            throw ApiError.field("id", "This is the last superuser: make another one first.");
        }
        long version = tx.first("DELETE FROM account WHERE id = $1 RETURNING version", id)
                .orElseThrow(ApiError::notFound)
                .getLong(0);
        AccountFacts.removed(tx, id, version);
    }
}
