package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A resource as one server reports it.
 *
 * @param identity JSON text of the identifying values
 * @param hostId the server for what is identified per server, else {@code null}
 * @param name default name
 * @param attributes values by name, without references
 * @param references keys of the resources that attributes refer to, by attribute
 * @param parents keys of the resources that it is built on
 */
record Sighting(
        String className,
        String identity,
        Long hostId,
        String name,
        ObjectNode attributes,
        Map<String, String> references,
        List<String> parents) {

    /** Identity within the plug-in. */
    String key() {
        return key(className, identity, hostId);
    }

    static String key(String className, String identity, Long hostId) {
        return className + " " + identity + (hostId == null ? "" : " " + hostId);
    }
}
