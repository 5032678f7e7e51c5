package io.burnish.gateway.apikey;

import io.burnish.kit.security.Principal;
import java.time.Instant;

/**
 * A key that was presented and is good.
 *
 * @param principal the owner, with the lower of the key's role and the owner's own rights
 * @param expires from when on it is no longer good
 */
public record KeyUse(long id, String name, Principal principal, Instant expires) {}
