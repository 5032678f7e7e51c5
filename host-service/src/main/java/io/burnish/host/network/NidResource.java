package io.burnish.host.network;

import io.burnish.host.spi.HostFilter;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** {@code /api/nid/} (API contract, storage 15). A NID has the id of its interface. */
@ApplicationScoped
class NidResource implements ApiResource {

    private static final Set<Operator> SAME = EnumSet.of(Operator.EXACT, Operator.IN);
    private static final String INTERFACE = "n.network_interface_id";
    private static final String LNET = "n.lnet_configuration_id";

    private static final Shape NID = Shape.object()
            .with("network_interface", Shape.text().help("Link"))
            .with("lnd_network", Shape.integer().help("-1: no NID"))
            .optionally("lnd_type", Shape.text().orNull());
    private static final Wire CHANGE = Wire.takes(
                    Shape.anyOf(NID, Shape.object().with("objects", Shape.list(NID))))
            .gives(202, Wire.COMMAND);
    private static final Wire REMOVAL = Wire.nothing().gives(204);

    private final Resource resource;

    NidResource(Relations relations, NidRequests requests) {
        resource = Resource.named("nid")
                .table(Table.of(
                        "nid n JOIN network_interface i ON i.id = n.network_interface_id",
                        INTERFACE,
                        Predicate.of("n.lnd_type IS NOT NULL")))
                .fields(
                        Field.integer("lnd_network", "n.lnd_network").orNull().writable(),
                        Field.text("lnd_type", "n.lnd_type").orNull().writable(),
                        related(relations, "network_interface", INTERFACE).writable(),
                        related(relations, "lnet_configuration", LNET))
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Set and remove NIDs", CHANGE, requests::set)
                .onList(HttpMethod.DELETE, Access.FSADMIN, "Remove NIDs", REMOVAL, requests::removeAll)
                .readable(Access.READ)
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Set the NID", CHANGE, requests::replace)
                .onDetail(HttpMethod.DELETE, Access.FSADMIN, "Remove the NID", REMOVAL, requests::remove)
                .unimplementedDetailPost()
                .build();
    }

    /** Both an interface and an LNet configuration belong to the interface's server. */
    private static Field related(Relations relations, String resource, String id) {
        return Field.toOne(resource, id, resource, relations.to(resource))
                .filter(Filter.on(id, FieldType.RELATED, SAME)
                        .through(Map.of(
                                "id", Filter.on(id, FieldType.INTEGER, SAME), "host", HostFilter.on("i.host_id"))));
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
