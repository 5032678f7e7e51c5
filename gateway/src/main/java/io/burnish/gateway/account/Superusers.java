package io.burnish.gateway.account;

import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;

/** Keeps an installation from losing its last superuser. */
final class Superusers {

    private Superusers() {}

    /**
     * Whether somebody else than the account is an active superuser. Locks the superusers: of two who demote or remove each other, the
     * second waits and sees what the first did.
     */
    static boolean othersThan(Tx tx, long accountId) {
        for (Row row : tx.query("SELECT id FROM account WHERE superuser AND active ORDER BY id FOR UPDATE")) {
            if (row.getLong(0) != accountId) {
                return true;
            }
        }
        return false;
    }
}
