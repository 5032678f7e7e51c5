package io.burnish.kit.api;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/**
 * JSON of a field that comes from elsewhere than the object's row.
 *
 * @param source asked once per list for all fields that name it, whatever the list's length
 * @param otherwise JSON text where the source is not asked or does not know the object: in wire forms for others
 */
public record Supplement(Source source, String otherwise) {

    /** Where the JSON comes from. */
    public interface Source {

        /** JSON texts by the field's name, then by the object's id. */
        Future<Map<String, Map<Object, String>>> load(Set<Object> ids);

        /** Something that is equal as long as the source would answer the same. */
        Future<?> state();
    }
}
