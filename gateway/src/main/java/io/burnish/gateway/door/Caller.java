package io.burnish.gateway.door;

import io.burnish.gateway.apikey.KeyUse;
import io.burnish.kit.security.Principal;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param token vouches for the caller to services; {@code null}: the gateway does not vouch, because the request lacks what it must
 *     have. Services refuse such requests with 401, after what comes first in the order of checks (API contract, core 1.1)
 * @param key that let the caller in
 * @param refused whether the request presents a key that is not good
 */
record Caller(Principal principal, String token, Optional<KeyUse> key, boolean refused) {

    boolean vouched() {
        return token != null;
    }

    long keyId() {
        return key.map(KeyUse::id).orElse(0L);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return principal.actor();
    }
}
