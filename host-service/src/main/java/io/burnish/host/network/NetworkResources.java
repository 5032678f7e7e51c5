package io.burnish.host.network;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/network_interface/} and {@code /api/nid/} (API contract, storage 15 and 16). */
final class NetworkResources {

    private NetworkResources() {}

    /** Interfaces of servers. */
    @ApplicationScoped
    static class Interfaces implements ApiResource {

        private final Resource resource = Resource.named("network_interface")
                .table(Table.of("network_interface i", "i.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "i.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("name", "i.name").filter(Operator.EXACT),
                        Field.text("inet4_address", "i.inet4_address").filter(Operator.EXACT),
                        Field.integer("inet4_prefix", "i.inet4_prefix"),
                        Field.text("type", "i.type"),
                        Field.bool("state_up", "i.state_up"),
                        Field.toOne("host", "i.host_id", "host", null).filter(Operator.EXACT, Operator.IN),
                        Field.toOne(
                                        "nid",
                                        "(SELECT n.network_interface_id FROM nid n WHERE n.network_interface_id = i.id)",
                                        "nid",
                                        null)
                                .orNull())
                .parameter("host__id", (value, all) -> Predicate.of("i.host_id::text = ?", value))
                .listable(Access.READ)
                .readable(Access.READ)
                .build();

        @Override
        public Resource resource() {
            return resource;
        }
    }

    /** NIDs of interfaces. */
    @ApplicationScoped
    static class Nids implements ApiResource {

        private final Resource resource = Resource.named("nid")
                .table(Table.of(
                        "nid n JOIN network_interface i ON i.id = n.network_interface_id",
                        "n.network_interface_id",
                        Predicate.TRUE))
                .fields(
                        Field.integer("id", "n.network_interface_id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.integer("lnd_network", "n.lnd_network").orNull(),
                        Field.text("lnd_type", "n.lnd_type").orNull(),
                        Field.toOne("network_interface", "n.network_interface_id", "network_interface", null),
                        Field.toOne("lnet_configuration", "n.lnet_configuration_id", "lnet_configuration", null))
                .listable(Access.READ)
                .readable(Access.READ)
                .build();

        @Override
        public Resource resource() {
            return resource;
        }
    }
}
