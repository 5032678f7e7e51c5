package io.burnish.host.volume;

import io.burnish.host.spi.HostFilter;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/volume_node/} (API contract, storage 6). */
@ApplicationScoped
public class VolumeNodeResource implements ApiResource {

    private final Resource resource;

    VolumeNodeResource(Relations relations) {
        resource = Resource.named("volume_node")
                .table(Table.of("volume_node n JOIN host h ON h.id = n.host_id", "n.id", Predicate.of("n.not_deleted")))
                .fields(
                        Field.integer("id", "n.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("path", "n.path").filter(Operator.EXACT),
                        Field.bool("primary", "n.is_primary"),
                        Field.bool("use", "n.in_use"),
                        Field.integer("volume_id", "n.volume_id").filter(Operator.EXACT),
                        Field.integer("host_id", "n.host_id").filter(Operator.EXACT),
                        Field.text("host_label", "h.fqdn").mapped(fqdn -> HostRegistry.label((String) fqdn)),
                        Field.toOne("host", "n.host_id", "host", relations.to("host"))
                                .filter(HostFilter.on("n.host_id")))
                .listable(Access.READ)
                .readable(Access.READ)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
