package io.burnish.host.device;

import io.burnish.contracts.ContractJson;
import java.util.List;

/**
 * Identity of a storage resource: two servers that report the same key see the same thing.
 *
 * @param identity values of the identifying attributes, in the class's order
 * @param hostId the server for classes that are identified per server, else {@code null}
 */
public record ResourceKey(ResourceClass type, List<String> identity, Long hostId) {

    public ResourceKey {
        identity = List.copyOf(identity);
    }

    /** A resource that is the same wherever it is seen. */
    static ResourceKey shared(ResourceClass type, String... identity) {
        return new ResourceKey(type, List.of(identity), null);
    }

    /** A resource of one server. */
    static ResourceKey local(ResourceClass type, long hostId, String... identity) {
        return new ResourceKey(type, List.of(identity), hostId);
    }

    /** The slice of a container: its identity holds that of the container. */
    static ResourceKey slice(ResourceClass type, ResourceKey container, String number) {
        return new ResourceKey(type, List.of(container.text(), number), container.hostId());
    }

    /** The identity as JSON text. */
    public String text() {
        return ContractJson.text(identity);
    }
}
