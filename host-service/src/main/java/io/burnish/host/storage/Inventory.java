package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What a root resource says of itself and of what is below it: the answer to a scan, as JSON.
 *
 * @param attributes of the root, only those that users cannot enter
 * @param statistics of the root, newest values by name
 */
public record Inventory(ObjectNode attributes, Map<String, Double> statistics, List<Item> resources) {

    /** How items refer to the root. */
    public static final String ROOT = "root";

    /**
     * A resource.
     *
     * @param key by which others of this inventory refer to it
     * @param className a class of the same plug-in
     * @param attributes values; of references the key of what they refer to
     * @param parents keys of what it is built on
     */
    public record Item(
            String key,

            @com.fasterxml.jackson.annotation.JsonProperty("class")
            String className,

            ObjectNode attributes,
            Map<String, Double> statistics,
            List<String> parents) {}
}
