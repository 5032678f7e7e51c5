package io.burnish.host.power;

import io.burnish.host.host.HostResource;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/** {@code /api/power_control_device_outlet/} (API contract, storage 11). */
@ApplicationScoped
class OutletResource implements ApiResource {

    private final Resource resource;
    private final Database database;
    private final Instance<Outlets> outlets;
    private final Instance<OutletChange> change;

    OutletResource(
            Database database,
            HostResource hosts,
            Instance<PowerDeviceResource> devices,
            Instance<Outlets> outlets,
            Instance<OutletChange> change) {
        this.database = database;
        this.outlets = outlets;
        this.change = change;
        resource = Resource.named("power_control_device_outlet")
                .table(Table.of("power_control_device_outlet o", "o.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "o.id").identifying(),
                        Field.toOne(
                                        "device",
                                        "o.device_id",
                                        "power_control_device",
                                        RelationLoader.of(() -> devices.get().resource()))
                                .writable(),
                        Field.text("identifier", "o.identifier")
                                .writable()
                                .help("Number of the outlet, name of the domain, or address of the BMC"),
                        Field.toOne("host", "o.host_id", "host", RelationLoader.of(hosts::resource))
                                .orNull()
                                .writable()
                                .help("Server that it feeds"),
                        Field.bool("has_power", "o.has_power")
                                .orNull()
                                .writable()
                                .help("Normally set by monitoring; null: unknown"))
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.SUPERUSER, "Add an outlet", this::create)
                .readable(Access.READ)
                .onDetail(HttpMethod.PUT, Access.SUPERUSER, "Change an outlet", call -> {
                    long id = change(call, false);
                    return Reply.stored(id);
                })
                .onDetail(
                        HttpMethod.PATCH,
                        Access.SUPERUSER,
                        "Change parts of an outlet",
                        Wire.takes(Shape.object()).gives(202, Shape.of("power_control_device_outlet")),
                        call -> {
                            long id = change(call, true);
                            return new Reply.Stored(202, id, false);
                        })
                .onDetail(
                        HttpMethod.DELETE,
                        Access.SUPERUSER,
                        "Remove an outlet",
                        Wire.nothing().gives(204),
                        this::remove)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Reply create(Call call) {
        return Reply.created(change.get().create(OutletForm.of(call.body(), null, false)));
    }

    private long change(Call call, boolean partial) {
        long id = call.numericId();
        Outlets.Outlet present =
                database.transaction(tx -> outlets.get().find(tx, id)).orElseThrow(ApiError::notFound);
        change.get().apply(present, OutletForm.of(call.body(), present, partial));
        return id;
    }

    private Reply remove(Call call) {
        change.get().remove(call.numericId());
        return Reply.noContent();
    }
}
