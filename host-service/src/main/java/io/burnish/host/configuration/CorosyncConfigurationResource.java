package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import jakarta.enterprise.context.ApplicationScoped;

/** Corosync of servers (API contract, storage 18). */
@ApplicationScoped
class CorosyncConfigurationResource implements ApiResource {

    private final Resource resource;

    CorosyncConfigurationResource(StatefulFields stateful) {
        resource = stateful.begin(ObjectType.COROSYNC_CONFIGURATION)
                .fields(
                        Field.integer("mcast_port", "c.mcast_port").orNull(),
                        Field.bool("corosync_reported_up", "c.corosync_reported_up"),
                        Field.text(
                                "record_type",
                                "CASE WHEN c.corosync2 THEN 'Corosync2Configuration' ELSE 'CorosyncConfiguration' END"),
                        Field.toMany("network_interfaces", "c.network_interfaces", "network_interface", null))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
