package io.burnish.gateway.session;

import io.burnish.kit.security.Principal;

/**
 * The session of somebody who is logged in.
 *
 * @param key the value of the client's cookie: a secret
 */
public record LiveSession(String key, Principal principal) {

    /** Without the key. */
    @Override
    public String toString() {
        return "session of " + principal.actor();
    }
}
