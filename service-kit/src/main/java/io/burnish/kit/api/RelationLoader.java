package io.burnish.kit.api;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Finds the objects that a relation field embeds: one call per list, whatever its length. */
@FunctionalInterface
public interface RelationLoader {

    /** JSON text of each object, by id; ids of objects that cannot be found are absent. */
    Future<Map<Object, String>> load(Set<Object> ids, ReadContext context);

    /** A source that also knows objects of another resource only through their facts. */
    static RelationLoader of(java.util.function.Supplier<Resource> resource) {
        return (ids, context) -> context.reader().byIds(resource.get(), ids, context);
    }
}
