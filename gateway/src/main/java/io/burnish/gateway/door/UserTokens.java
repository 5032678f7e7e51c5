package io.burnish.gateway.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The token by which services know a caller, one for each caller and its rights. It is made anew after half of its life: one that
 * leaves the gateway is good for at least the other half, and changed rights give another token at once.
 */
@ApplicationScoped
class UserTokens {

    private final Tokens tokens;
    private final Cache<Principal, String> minted = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Tokens.LIFETIME.dividedBy(2))
            .build();

    UserTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    String of(Principal caller) {
        return minted.get(caller, tokens::mint);
    }
}
