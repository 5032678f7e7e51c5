package io.burnish.gateway.account;

/**
 * What logging in needs to know of an account.
 *
 * @param passwordHash {@code null}: nobody can log in with a password
 */
public record Account(long id, String username, boolean active, String passwordHash) {

    /** Without the hash. */
    @Override
    public String toString() {
        return "account " + id + " (" + username + ")";
    }
}
