package io.burnish.kit.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Tells the outbox relay that a transaction with messages has been committed, so that it need not poll. */
@ApplicationScoped
class AfterCommit {

    private final Event<MessagesCommitted> committed;

    AfterCommit(Event<MessagesCommitted> committed) {
        this.committed = committed;
    }

    void signal(Tx tx) {
        if (tx.hasMessages()) {
            committed.fire(MessagesCommitted.INSTANCE);
        }
    }
}
