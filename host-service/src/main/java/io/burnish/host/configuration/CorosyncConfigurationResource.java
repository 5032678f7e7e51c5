package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Corosync of servers (API contract, storage 18). */
@ApplicationScoped
class CorosyncConfigurationResource implements ApiResource {

    private final Resource resource;

    CorosyncConfigurationResource(Database database, Commands commands) {
        resource = StatefulFields.begin(ObjectType.COROSYNC_CONFIGURATION, database, commands)
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
