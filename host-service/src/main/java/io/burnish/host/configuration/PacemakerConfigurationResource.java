package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import jakarta.enterprise.context.ApplicationScoped;

/** Pacemaker of servers (API contract, storage 19). */
@ApplicationScoped
class PacemakerConfigurationResource implements ApiResource {

    private final Resource resource;

    PacemakerConfigurationResource(StatefulFields stateful) {
        resource = stateful.begin(ObjectType.PACEMAKER_CONFIGURATION)
                .fields(stateful.host())
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
