package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** Corosync of servers (API contract, storage 18). */
@ApplicationScoped
class CorosyncConfigurationResource implements ApiResource {

    private static final ObjectType COROSYNC = ObjectType.COROSYNC_CONFIGURATION;

    private static final String LABEL =
            "CASE WHEN c.corosync2 THEN 'corosync2 configuration' ELSE 'corosync configuration' END";

    private static final Shape SETTINGS = Shape.object()
            .optionally("id", Shape.integer())
            .optionally("mcast_port", Shape.integer().orNull())
            .optionally("network_interfaces", Shape.list(Shape.text()));
    private static final Wire CHANGE = Wire.takes(Shape.anyOf(
                    SETTINGS.optionally("state", Shape.text().help("With it, nothing else counts"))
                            .optionally("dry_run", Shape.bool()),
                    Shape.object().with("objects", Shape.list(SETTINGS))))
            .gives(200, Shape.anyOf(Shape.object(), Shape.list(Shape.object())))
            .gives(202, Shape.object())
            .gives(204);

    private final Resource resource;
    private final StatefulFields stateful;
    private final CorosyncSettings settings;

    CorosyncConfigurationResource(StatefulFields stateful, CorosyncSettings settings, Relations relations) {
        this.stateful = stateful;
        this.settings = settings;
        resource = stateful.begin(COROSYNC, LABEL)
                .fields(
                        stateful.host(),
                        Field.integer("mcast_port", "c.mcast_port").orNull().writable(),
                        Field.bool("corosync_reported_up", "c.corosync_reported_up"),
                        Field.text(
                                "record_type",
                                "CASE WHEN c.corosync2 THEN 'Corosync2Configuration' ELSE 'CorosyncConfiguration' END"),
                        Field.toMany(
                                        "network_interfaces",
                                        "c.network_interfaces",
                                        "network_interface",
                                        relations.to("network_interface"))
                                .writable())
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Change the state or the settings", CHANGE, this::put)
                .onList(
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Change settings of several",
                        Wire.bulk(SETTINGS, "command", Shape.of("command")),
                        settings::changeAll)
                .build();
    }

    /** With a state, nothing but the state counts. */
    private Reply put(Call call) {
        return call.body().has("state") ? stateful.put(COROSYNC, call) : settings.change(call);
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
