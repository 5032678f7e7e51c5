package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Pacemaker of servers (API contract, storage 19). */
@ApplicationScoped
class PacemakerConfigurationResource implements ApiResource {

    private final Resource resource;

    PacemakerConfigurationResource(Database database, Commands commands) {
        resource = StatefulFields.begin(ObjectType.PACEMAKER_CONFIGURATION, database, commands)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
