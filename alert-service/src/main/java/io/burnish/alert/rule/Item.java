package io.burnish.alert.rule;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import java.util.Optional;

/**
 * What an alert is about.
 *
 * @param type name of the API resource; {@value #SERVICE} for a process of Burnish, which has none
 * @param text how it is called, kept with the alert
 */
public record Item(String type, long id, String text) {

    /** Type of the services of Burnish. */
    public static final String SERVICE = "service";

    /** An object. */
    public static Item of(ObjectRef ref, String text) {
        return new Item(ref.type().resource(), ref.id(), text);
    }

    /** An object by its label. */
    public static Item of(StatefulFact fact) {
        return of(fact.ref(), fact.label());
    }

    /** A server. */
    public static Item host(long id, String label) {
        return of(ObjectRef.host(id), label);
    }

    /** A server. */
    public static Item of(HostFact host) {
        return host(host.id(), host.label());
    }

    /** A service of Burnish. */
    public static Item of(ServiceName service) {
        return new Item(SERVICE, service.ordinal() + 1L, service.wire());
    }

    /** Its path in the API; empty if its type has no resource. */
    public Optional<String> uri() {
        return type.equals(SERVICE) ? Optional.empty() : Optional.of("/api/" + type + "/" + id + "/");
    }
}
