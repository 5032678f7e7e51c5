package io.burnish.gateway.account;

import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import java.util.Collection;

/** What an account may do, from its flag and its groups (API contract, core 1.18, intended rights). */
public final class Rights {

    private Rights() {}

    /** A logged-in account. It may always read. */
    public static Principal principal(long id, String username, boolean superuser, Collection<Long> groups) {
        return new Principal(id, username, level(superuser, groups), true, null);
    }

    /** The same caller with no more rights than a level has. */
    public static Principal atMost(Principal caller, Level level) {
        return caller.level().includes(level)
                ? new Principal(caller.userId(), caller.username(), level, caller.mayRead(), caller.service())
                : caller;
    }

    /** Somebody who is not logged in. */
    public static Principal anonymous(boolean mayRead) {
        return new Principal(0, "", Level.ANONYMOUS, mayRead, null);
    }

    private static Level level(boolean superuser, Collection<Long> groups) {
        if (superuser) {
            return Level.SUPERUSER;
        }
        return groups.contains(Groups.FILESYSTEM_ADMINISTRATORS) ? Level.FSADMIN : Level.USER;
    }
}
