package io.burnish.kit.api;

import io.burnish.kit.api.query.Expansion;
import io.burnish.kit.security.Principal;

/**
 * What reading an object depends on besides the object.
 *
 * @param offsetTimes whether times carry {@code +00:00}: the resource that answers decides, also for what it embeds (core 1.10)
 */
public record ReadContext(ResourceReader reader, Principal principal, Expansion expansion, boolean offsetTimes) {

    /** The context inside an embedded field. */
    public ReadContext inside(String field) {
        return new ReadContext(reader, principal, expansion.inside(field), offsetTimes);
    }
}
