package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import jakarta.enterprise.context.ApplicationScoped;

/** Time synchronisation of servers (API contract, storage 20). */
@ApplicationScoped
class NtpConfigurationResource implements ApiResource {

    private final Resource resource;

    NtpConfigurationResource(StatefulFields stateful) {
        resource = stateful.begin(ObjectType.NTP_CONFIGURATION)
                .fields(stateful.host())
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
