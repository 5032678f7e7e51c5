package io.burnish.kit.api;

import io.burnish.kit.api.query.Expansion;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Statements;

/**
 * What reading an object depends on besides the object.
 *
 * @param statements where to read
 * @param principal who asks; {@code null}: the object is written down for other services, with all that is this service's own
 * @param offsetTimes whether times carry {@code +00:00}: the resource that answers decides, also for what it embeds (core 1.10)
 */
public record ReadContext(
        ResourceReader reader, Statements statements, Principal principal, Expansion expansion, boolean offsetTimes) {

    /** The context inside an embedded field. */
    public ReadContext inside(String field) {
        return new ReadContext(reader, statements, principal, expansion.inside(field), offsetTimes);
    }

    /** Which objects of a resource may be seen. */
    Predicate visible(Resource resource) {
        return forOthers() ? Predicate.TRUE : resource.visibleTo(principal);
    }

    /** Whether the objects are written down for other services. */
    boolean forOthers() {
        return principal == null;
    }

    /** Whether a relation field's objects are to be embedded. */
    boolean embeds(Field field) {
        Relation relation = field.relation();
        return relation != null
                && relation.loader() != null
                && (relation.loader().own() || !forOthers())
                && expansion.full(field.name(), relation.full());
    }
}
