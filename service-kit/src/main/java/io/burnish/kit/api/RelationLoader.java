package io.burnish.kit.api;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the objects that a relation field embeds: one call per batch of a list, whatever its length. */
@FunctionalInterface
public interface RelationLoader {

    /** JSON text of each object, by id; ids of objects that cannot be found are absent. */
    Future<Map<Object, String>> load(Set<Object> ids, ReadContext context);

    /** Whether the objects are this service's own: embedded in wire forms for others too, who could not find them. */
    default boolean own() {
        return false;
    }

    /** Something that is equal as long as the objects' JSON differs only with what the database shows. */
    default Future<?> state() {
        return Future.succeededFuture();
    }

    /** A source of objects of a resource of this service. */
    static RelationLoader of(Supplier<Resource> resource) {
        return new OwnObjects(resource);
    }

    /** Reads the objects as the request for them would. */
    record OwnObjects(Supplier<Resource> resource) implements RelationLoader {

        @Override
        public Future<Map<Object, String>> load(Set<Object> ids, ReadContext context) {
            return context.reader().byIds(resource.get(), ids, context);
        }

        @Override
        public boolean own() {
            return true;
        }
    }
}
