package io.burnish.host.power;

import io.burnish.host.fence.FenceTemplate;
import io.burnish.host.fence.Purpose;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/** {@code /api/power_control_type/} (API contract, storage 9). */
@ApplicationScoped
class PowerTypeResource implements ApiResource {

    private static final String DUPLICATE = "Power control type with this Agent, Make and Model already exists.";
    private static final String NAME = """
            coalesce(nullif(t.make, ''), 'Unknown Make') || ' ' || coalesce(nullif(t.model, ''), 'Unknown Model') ||
            CASE t.max_outlets WHEN 0 THEN '' WHEN 1 THEN ' (1 outlet)' ELSE ' (' || t.max_outlets || ' outlets)' END""";

    private final Resource resource;
    private final Database database;
    private final PowerTypes types;
    private final Instance<PowerDevices> devices;

    PowerTypeResource(Database database, PowerTypes types, Instance<PowerDevices> devices) {
        this.database = database;
        this.types = types;
        this.devices = devices;
        resource = Resource.named("power_control_type")
                .table(Table.of("power_control_type t", "t.id", Predicate.of("t.not_deleted")))
                .fields(
                        Field.integer("id", "t.id").identifying(),
                        Field.text("name", NAME).filter(Operator.EXACT).ordering(),
                        Field.text("agent", "t.agent").writable().oneOf(FenceTemplate.AGENTS),
                        Field.text("make", "t.make")
                                .orNull()
                                .writable()
                                .filter(Operator.EXACT)
                                .ordering(),
                        Field.text("model", "t.model").orNull().writable().ordering(),
                        Field.integer("max_outlets", "t.max_outlets")
                                .writable()
                                .defaulting(0)
                                .help("Number of outlets; 0: any, every outlet is a BMC or a domain"),
                        Field.integer("default_port", "t.default_port")
                                .writable()
                                .defaulting(23),
                        Field.writeOnly("default_username").orAbsent(),
                        Field.writeOnly("default_password").orAbsent(),
                        Field.text("default_options", "t.default_options")
                                .orNull()
                                .writable(),
                        template(Purpose.POWER_ON),
                        template(Purpose.POWER_OFF),
                        template(Purpose.POWER_CYCLE),
                        template(Purpose.MONITOR),
                        template(Purpose.QUERY),
                        template(Purpose.LIST).orNull())
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.SUPERUSER, "Add a type", this::create)
                .readable(Access.READ)
                .onDetail(HttpMethod.PUT, Access.SUPERUSER, "Change a type", this::change)
                .onDetail(
                        HttpMethod.DELETE,
                        Access.SUPERUSER,
                        "Remove a type with its devices",
                        Wire.nothing().gives(204),
                        this::remove)
                .build();
    }

    private static Field template(Purpose purpose) {
        return Field.text(purpose.column(), "t." + purpose.column())
                .writable()
                .defaulting(purpose.forUnit())
                .help("Command line of the fence agent");
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Reply create(Call call) {
        PowerTypeForm form = PowerTypeForm.of(call.body(), null);
        return Reply.created(database.transaction(
                tx -> types.create(tx, form.type(), form.password()).orElseThrow(PowerTypeResource::duplicate)));
    }

    private Reply change(Call call) {
        long id = call.numericId();
        PowerType present = database.transaction(tx -> types.find(tx, id)).orElseThrow(ApiError::notFound);
        PowerTypeForm form = PowerTypeForm.of(call.body(), present);
        database.run(tx -> {
            tx.first("SELECT 1 FROM power_control_type WHERE id = $1 AND not_deleted FOR UPDATE", id)
                    .orElseThrow(ApiError::notFound);
            if (!types.change(tx, id, form.type(), form.password())) {
                throw duplicate();
            }
        });
        return Reply.stored(id);
    }

    private static ApiError duplicate() {
        return ApiError.field("__all__", DUPLICATE);
    }

    private Reply remove(Call call) {
        long id = call.numericId();
        database.run(tx -> {
            tx.first("SELECT 1 FROM power_control_type WHERE id = $1 AND not_deleted FOR UPDATE", id)
                    .orElseThrow(ApiError::notFound);
            for (Row row : tx.query("SELECT id FROM power_control_device WHERE type_id = $1 ORDER BY id", id)) {
                devices.get().remove(tx, row.getLong(0));
            }
            types.remove(tx, id);
        });
        return Reply.noContent();
    }
}
