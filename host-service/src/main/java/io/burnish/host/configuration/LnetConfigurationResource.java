package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** LNet of servers (API contract, storage 17). */
@ApplicationScoped
class LnetConfigurationResource implements ApiResource {

    private static final String NIDS = """
            (SELECT coalesce(array_agg(n.network_interface_id ORDER BY 1), '{}') FROM nid n
            WHERE n.lnet_configuration_id = c.id AND n.lnd_type IS NOT NULL)""";

    private static final Wire STATES = Wire.takes(Shape.object()
                    .with(
                            "objects",
                            Shape.list(Shape.object()
                                    .with("host", Shape.object().with("id", Shape.integer()))
                                    .with("state", Shape.text()))))
            .gives(202, Wire.COMMAND)
            .gives(204);

    private final Resource resource;

    LnetConfigurationResource(StatefulFields stateful, LnetStates states, Relations relations) {
        resource = stateful.begin(ObjectType.LNET_CONFIGURATION)
                .fields(stateful.host().full(), Field.toMany("nids", NIDS, "nid", relations.to("nid")))
                .onList(HttpMethod.PUT, Access.FSADMIN, "Change the states of several", STATES, states::change)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
