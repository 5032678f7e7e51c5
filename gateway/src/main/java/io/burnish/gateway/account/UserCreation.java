package io.burnish.gateway.account;

import io.burnish.kit.api.Call;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Reply;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/user/}. Everything is checked before anything is stored. */
@ApplicationScoped
class UserCreation {

    private static final String TAKEN = "A user with that username already exists.";

    private final Database database;
    private final Passwords passwords;

    UserCreation(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /** What is to be stored, but for the hash of the password. */
    private record Checked(Profile profile, String password, Set<Long> groups) {}

    Reply create(Call call) {
        Checked checked = database.transaction(tx -> check(tx, call));
        String hash = passwords.hash(checked.password());
        return Reply.created(database.transaction(tx -> store(tx, checked, hash)));
    }

    private static Checked check(Tx tx, Call call) {
        FormErrors errors = new FormErrors();
        Profile profile = Profile.of(call.body(), errors);
        if (errors.none("username")
                && tx.first("SELECT 1 FROM account WHERE username = $1", profile.username())
                        .isPresent()) {
            errors.add("username", TAKEN);
        }
        String password = NewPassword.ofCreation(call.body(), errors);
        errors.refuseIfAny();
        return new Checked(profile, password, Memberships.submitted(tx, call.body()));
    }

    private static long store(Tx tx, Checked checked, String hash) {
        Profile profile = checked.profile();
        Optional<Long> id = tx.first(
                        """
                        INSERT INTO account (username, first_name, last_name, email, superuser, password_hash)
                        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (username) DO NOTHING RETURNING id""",
                        profile.username(),
                        profile.firstName().orElse(""),
                        profile.lastName().orElse(""),
                        profile.email().orElse(""),
                        Memberships.makeSuperuser(checked.groups()),
                        hash)
                .map(row -> row.getLong(0));
        // somebody else was faster with the same name
        FormErrors errors = new FormErrors();
        if (id.isEmpty()) {
            errors.add("username", TAKEN);
        }
        errors.refuseIfAny();
        Memberships.store(tx, id.orElseThrow(), checked.groups());
        AccountFacts.changed(tx, id.get());
        return id.get();
    }
}
