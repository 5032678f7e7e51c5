package io.burnish.gateway.door;

import io.burnish.kit.security.Principal;

/**
 * Who sent a request.
 *
 * @param token vouches for the caller to services; {@code null}: the gateway does not vouch, because the request lacks what it must
 *     have. Services refuse such requests with 401, after what comes first in the order of checks (API contract, core 1.1)
 */
record Caller(Principal principal, String token) {

    boolean vouched() {
        return token != null;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return principal.actor();
    }
}
