package io.burnish.host.network;

import io.burnish.host.spi.HostFilter;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/network_interface/} (API contract, storage 16). */
@ApplicationScoped
class NetworkInterfaceResource implements ApiResource {

    private static final String NID =
            "(SELECT n.network_interface_id FROM nid n WHERE n.network_interface_id = i.id AND n.lnd_type IS NOT NULL)";
    private static final String LND_TYPES =
            "(CASE i.type WHEN 'tcp' THEN '{tcp}' WHEN 'o2ib' THEN '{tcp,o2ib}' ELSE '{}' END)::text[]";

    private final Resource resource;

    NetworkInterfaceResource(Relations relations) {
        resource = Resource.named("network_interface")
                .table(Table.of("network_interface i", "i.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "i.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("name", "i.name"),
                        Field.text("inet4_address", "i.inet4_address"),
                        Field.integer("inet4_prefix", "i.inet4_prefix"),
                        Field.text("type", "i.type"),
                        Field.bool("state_up", "i.state_up"),
                        Field.list("lnd_types", LND_TYPES)
                                .shaped(Shape.list(Shape.text()))
                                .help("LND types that its NID may have"),
                        Field.toOne("host", "i.host_id", "host", relations.to("host"))
                                .filter(HostFilter.on("i.host_id")),
                        Field.toOne("nid", NID, "nid", relations.to("nid"))
                                .full()
                                .orNull())
                .listable(Access.READ)
                .readable(Access.READ)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
