package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import jakarta.enterprise.context.ApplicationScoped;

/** LNet of servers (API contract, storage 17). */
@ApplicationScoped
class LnetConfigurationResource implements ApiResource {

    private final Resource resource;

    LnetConfigurationResource(StatefulFields stateful) {
        resource = stateful.begin(ObjectType.LNET_CONFIGURATION)
                .fields(Field.toMany(
                        "nids",
                        "(SELECT coalesce(array_agg(n.network_interface_id ORDER BY 1), '{}') FROM nid n WHERE n.lnet_configuration_id = c.id)",
                        "nid",
                        null))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
