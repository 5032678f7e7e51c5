package io.burnish.gateway.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Reply;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.Set;

/**
 * {@code PUT /api/user/<id>/}: profile, groups and password in one request; all of it is done or nothing. The groups are those that are
 * sent: none if none are sent. {@code is_superuser} follows the groups that are sent, and stays if none are.
 */
@ApplicationScoped
class UserChange {

    private static final String OLD_PASSWORD = "old_password";
    private static final String TAKEN = "User with this Username already exists.";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final Passwords passwords;
    private final Event<AccountChanged> changed;

    UserChange(Database database, Passwords passwords, Event<AccountChanged> changed) {
        this.database = database;
        this.passwords = passwords;
        this.changed = changed;
    }

    /** A change that may be made, if the old password is right. */
    private record Checked(String storedName, Profile profile, Set<Long> groups, Optional<String> password) {}

    Reply change(Call call) {
        long id = call.numericId();
        Principal caller = call.principal();
        SelfOrSuperuser.require(caller, id);
        requireSameId(call.body(), id);
        Checked checked = database.transaction(tx -> check(tx, id, call));
        if (checked.password().isPresent() && needsOldPassword(caller, id)) {
            checkOldPassword(call, checked.storedName());
        }
        Optional<String> hash = checked.password().map(passwords::hash);
        try {
            database.run(tx -> store(tx, id, call, checked, hash));
        } catch (PgException e) {
            // somebody else was faster with the same name
            throw UNIQUE_VIOLATION.equals(e.getSqlState()) ? ApiError.field("username", TAKEN) : e;
        }
        changed.fire(new AccountChanged(id));
        return Reply.stored(id);
    }

    private static void requireSameId(ObjectNode body, long id) {
        if (!body.hasNonNull("id")) {
            throw ApiError.field("id", "id attribute is mandatory");
        }
        if (!body.get("id").asText().equals(Long.toString(id))) {
            throw ApiError.field("id", "id does not match the URL");
        }
    }

    private static boolean needsOldPassword(Principal caller, long id) {
        return caller.level() != Level.SUPERUSER || caller.userId() == id;
    }

    private static Checked check(Tx tx, long id, Call call) {
        ObjectNode body = call.body();
        String storedName = tx.first("SELECT username FROM account WHERE id = $1", id)
                .orElseThrow(ApiError::notFoundJson)
                .getString(0);
        FormErrors errors = new FormErrors();
        Profile profile = Profile.of(body, errors);
        checkNameIsFree(tx, id, profile, errors);
        Optional<String> password = NewPassword.ofChange(body, errors);
        if (password.isPresent()
                && needsOldPassword(call.principal(), id)
                && BodyText.of(body, OLD_PASSWORD, errors).orElse("").isBlank()
                && errors.none(OLD_PASSWORD)) {
            errors.add(OLD_PASSWORD, FormErrors.REQUIRED);
        }
        errors.refuseIfAny();
        Set<Long> groups = Memberships.submitted(tx, body);
        if (call.principal().level() != Level.SUPERUSER && !groups.equals(Memberships.stored(tx, id))) {
            throw ApiError.forbidden(null);
        }
        return new Checked(storedName, profile, groups, password);
    }

    private static void checkNameIsFree(Tx tx, long id, Profile profile, FormErrors errors) {
        if (errors.none("username")
                && tx.first("SELECT 1 FROM account WHERE username = $1 AND id <> $2", profile.username(), id)
                        .isPresent()) {
            errors.add("username", TAKEN);
        }
    }

    private void checkOldPassword(Call call, String username) {
        String old = call.body().get(OLD_PASSWORD).asText();
        if (passwords.check(username, old, ClientAddress.of(call.request())).isEmpty()) {
            throw ApiError.field(OLD_PASSWORD, "Your old password was entered incorrectly. Please enter it again.");
        }
    }

    private static void store(Tx tx, long id, Call call, Checked checked, Optional<String> hash) {
        boolean superuser = tx.first("SELECT superuser FROM account WHERE id = $1 FOR UPDATE", id)
                .orElseThrow(ApiError::notFoundJson)
                .getBoolean(0);
        if (call.principal().level() == Level.SUPERUSER) {
            superuser = storeGroups(tx, id, call.body().hasNonNull("groups"), checked.groups(), superuser);
        }
        Profile profile = checked.profile();
        tx.update(
                """
                UPDATE account SET username = $2, first_name = coalesce($3, first_name), last_name = coalesce($4, last_name),
                    email = coalesce($5, email), superuser = $6, password_hash = coalesce($7, password_hash)
                WHERE id = $1""",
                id,
                profile.username(),
                profile.firstName().orElse(null),
                profile.lastName().orElse(null),
                profile.email().orElse(null),
                superuser,
                hash.orElse(null));
        AccountFacts.changed(tx, id);
    }

    /** Returns whether the account is a superuser now. */
    private static boolean storeGroups(Tx tx, long id, boolean sent, Set<Long> groups, boolean superuser) {
        Memberships.store(tx, id, groups);
        if (!sent) {
            return superuser;
        }
        boolean stays = Memberships.makeSuperuser(groups);
        if (superuser && !stays && !Superusers.othersThan(tx, id)) {
            throw ApiError.field("groups", "This is the last superuser: make another one first.");
        }
        return stays;
    }
}
