package io.burnish.kit.security;

import java.util.Locale;

/** What a caller may do, in ascending order; each level includes those before it. */
public enum Level {
    /** Not logged in. */
    ANONYMOUS,
    /** Member of {@code filesystem_users}, or of no group. */
    USER,
    /** Member of {@code filesystem_administrators}. */
    FSADMIN,
    /** Account with the superuser flag. */
    SUPERUSER;

    /** The form in tokens. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Level ofClaim(String claim) {
        return valueOf(claim.toUpperCase(Locale.ROOT));
    }

    /** Whether this level includes another. */
    public boolean includes(Level other) {
        return compareTo(other) >= 0;
    }
}
