package io.burnish.gateway.account;

import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.UserFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells the other services of accounts: who exists, and where mail for them goes. */
@ApplicationScoped
class AccountFacts {

    private final Database database;

    AccountFacts(Database database) {
        this.database = database;
    }

    /** Accounts that nobody was told of: the first administrator, and those of an older release. */
    void tellOfUnknown(@Observes @Priority(FirstAdministrator.PRIORITY + 1) StartupEvent startup) {
        database.run(tx -> {
            for (Row row : tx.query("SELECT id FROM account WHERE version = 0 ORDER BY id FOR UPDATE")) {
                changed(tx, row.getLong(0));
            }
        });
    }

    /** An account is new or was changed in this transaction. */
    static void changed(Tx tx, long id) {
        Row row = tx.one(
                "UPDATE account SET version = version + 1 WHERE id = $1 RETURNING version, username, email, active",
                id);
        tx.publish(new FactMessage(
                new UserFact(id, row.getLong(0), row.getString(1), row.getString(2), row.getBoolean(3)), null));
    }

    /**
     * An account was removed in this transaction.
     *
     * @param version its last one
     */
    static void removed(Tx tx, long id, long version) {
        tx.publish(Outgoing.tombstone(new ObjectRef(ObjectType.USER, id), version + 1));
    }
}
