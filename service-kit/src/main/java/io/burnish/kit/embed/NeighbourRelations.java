package io.burnish.kit.embed;

import io.burnish.contracts.model.ObjectType;
import java.util.Map;

/**
 * Relations of objects to objects of other services, which are links in the wire forms that facts carry (API contract, storage 1.5, 2.1
 * and 3.1): where an object is embedded, they are embedded in it as its own service would.
 */
final class NeighbourRelations {

    /**
     * A relation.
     *
     * @param type of the related objects
     * @param full embedded unless the caller asks for links
     */
    record To(ObjectType type, boolean full) {}

    private static final Map<ObjectType, Map<String, To>> OF = Map.of(
            ObjectType.TARGET,
            Map.of(
                    "volume", new To(ObjectType.VOLUME, true),
                    "primary_server", new To(ObjectType.HOST, false),
                    "active_host", new To(ObjectType.HOST, false)),
            ObjectType.FILESYSTEM,
            Map.of(
                    "mgt", new To(ObjectType.TARGET, true),
                    "mdts", new To(ObjectType.TARGET, true),
                    "osts", new To(ObjectType.TARGET, false)),
            ObjectType.COPYTOOL,
            Map.of("host", new To(ObjectType.HOST, false), "filesystem", new To(ObjectType.FILESYSTEM, false)),
            ObjectType.CLIENT_MOUNT,
            Map.of("host", new To(ObjectType.HOST, false), "filesystem", new To(ObjectType.FILESYSTEM, false)));

    private NeighbourRelations() {}

    /** The relations of objects of a type, by field. */
    static Map<String, To> of(ObjectType type) {
        return OF.getOrDefault(type, Map.of());
    }
}
