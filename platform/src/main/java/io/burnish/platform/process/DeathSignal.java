package io.burnish.platform.process;

/** A POSIX signal that ends a process, named as {@code kill} and {@code setpriv} name it. */
public enum DeathSignal {
    /** Interrupt; for PostgreSQL a fast shutdown: sessions are cut, nothing is lost, no recovery at the next start. */
    INT,
    /** The polite request to end. */
    TERM,
    /** For PostgreSQL an immediate shutdown, with recovery at the next start. */
    QUIT,
    /** Cannot be caught. */
    KILL
}
