package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Time synchronisation of servers (API contract, storage 20). */
@ApplicationScoped
class NtpConfigurationResource implements ApiResource {

    private final Resource resource;

    NtpConfigurationResource(Database database, Commands commands) {
        resource = StatefulFields.begin(ObjectType.NTP_CONFIGURATION, database, commands)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
