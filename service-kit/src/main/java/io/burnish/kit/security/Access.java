package io.burnish.kit.security;

/** Who may call an operation. Every operation of a resource declares one; there is no default. */
public enum Access {
    /** Anybody, also without any right to read. */
    EVERYBODY,
    /** Logged-in users, and anonymous ones where anonymous reading is switched on. */
    READ,
    /** Any logged-in user. */
    USER,
    /** Members of filesystem_administrators, and superusers. */
    FSADMIN,
    /** Superusers. */
    SUPERUSER;

    /** Whether the caller may. */
    public boolean allows(Principal caller) {
        return switch (this) {
            case EVERYBODY -> true;
            case READ -> caller.mayRead();
            case USER -> caller.level().includes(Level.USER);
            case FSADMIN -> caller.level().includes(Level.FSADMIN);
            case SUPERUSER -> caller.level().includes(Level.SUPERUSER);
        };
    }
}
