package io.burnish.kit.sql;

/** CDI event: a transaction left messages in the outbox. */
public enum MessagesCommitted {
    INSTANCE
}
