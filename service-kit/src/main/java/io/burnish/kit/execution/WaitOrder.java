package io.burnish.kit.execution;

import io.burnish.kit.sql.Tx;

/**
 * The order between transactions that begin to wait for something and those that bring it.
 *
 * <p>Neither sees what the other has not committed: without an order a job could begin to wait at the very moment at which what it
 * waits for arrives, and nobody would wake it. Whoever waits enters, looks once more, and only then stores that it waits; whoever
 * brings something stores it, enters, and only then looks for those that wait. One of the two sees the other.
 */
final class WaitOrder {

    /** Any constant: the lock is per database, and every service has its own. */
    private static final long LOCK = 0x77616974L;

    private WaitOrder() {}

    /** Returns when no other transaction is inside; the present one is inside until it ends. */
    static void enter(Tx tx) {
        tx.query("SELECT pg_advisory_xact_lock($1)", LOCK);
    }
}
