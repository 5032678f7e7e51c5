package io.burnish.host.power;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** {@code /api/power_control_device/} (API contract, storage 10). */
@ApplicationScoped
class PowerDeviceResource implements ApiResource {

    private static final String DUPLICATE = "Power control device with this Address and Port already exists.";

    private final Resource resource;
    private final Database database;
    private final PowerTypes types;
    private final Instance<PowerDevices> devices;

    PowerDeviceResource(
            Database database,
            PowerTypes types,
            PowerTypeResource typeResource,
            Instance<OutletResource> outlets,
            Instance<PowerDevices> devices) {
        this.database = database;
        this.types = types;
        this.devices = devices;
        resource = Resource.named("power_control_device")
                .table(Table.of("power_control_device d", "d.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "d.id").identifying(),
                        Field.toOne(
                                        "device_type",
                                        "d.type_id",
                                        "power_control_type",
                                        RelationLoader.of(typeResource::resource))
                                .full()
                                .writable(),
                        Field.text("name", "d.name")
                                .writable()
                                .filter(Operator.EXACT)
                                .ordering()
                                .help("Default: the address"),
                        Field.text("address", "d.address")
                                .writable()
                                .help("IPv4 address; names are resolved when they are entered"),
                        Field.integer("port", "d.port").writable().help("Default: that of the type"),
                        Field.text("username", "d.username").writable().help("Default: that of the type"),
                        Field.writeOnly("password").orAbsent().help("Default: that of the type"),
                        Field.text("options", "d.options").orNull().writable().help("Default: those of the type"),
                        Field.toMany(
                                        "outlets",
                                        "ARRAY(SELECT o.id FROM power_control_device_outlet o WHERE o.device_id = d.id ORDER BY o.id)",
                                        "power_control_device_outlet",
                                        RelationLoader.of(() -> outlets.get().resource()))
                                .full())
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.SUPERUSER, "Add a device with its outlets", this::create)
                .readable(Access.READ)
                .onDetail(HttpMethod.PUT, Access.SUPERUSER, "Change a device", this::change)
                .onDetail(
                        HttpMethod.DELETE,
                        Access.SUPERUSER,
                        "Remove a device with its outlets",
                        Wire.nothing().gives(204),
                        this::remove)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Optional<PowerType> type(long id) {
        return database.transaction(tx -> types.find(tx, id));
    }

    /** The type, which stays while the transaction lasts. */
    private PowerType keptType(Tx tx, long id) {
        tx.query("SELECT 1 FROM power_control_type WHERE id = $1 FOR SHARE", id);
        return types.find(tx, id).orElseThrow(() -> ApiError.field("device_type", PowerDeviceForm.NO_SUCH_CHOICE));
    }

    private Reply create(Call call) {
        PowerDeviceForm form = PowerDeviceForm.of(call.body(), null, this::type);
        return Reply.created(database.transaction(tx -> {
            PowerType type = keptType(tx, form.typeId());
            String password = form.password()
                    .or(() -> types.defaultPassword(tx, form.typeId()))
                    .orElse("");
            return devices.get()
                    .create(tx, form, type.maxOutlets(), password)
                    .orElseThrow(() -> ApiError.field("__all__", DUPLICATE));
        }));
    }

    private Reply change(Call call) {
        long id = call.numericId();
        PowerDeviceForm present = stored(id);
        PowerDeviceForm form = PowerDeviceForm.of(call.body(), present, this::type);
        database.run(tx -> {
            PowerType type = keptType(tx, form.typeId());
            tx.first("SELECT 1 FROM power_control_device WHERE id = $1 FOR UPDATE", id)
                    .orElseThrow(ApiError::notFound);
            checkOutlets(tx, id, form, type);
            if (!devices.get().change(tx, id, form, password(tx, call, form))) {
                throw ApiError.field("__all__", DUPLICATE);
            }
        });
        return Reply.stored(id);
    }

    /** Absent: the stored one stays. Blank: the type's. */
    private Optional<String> password(Tx tx, Call call, PowerDeviceForm form) {
        return call.body().has("password")
                ? form.password().or(() -> types.defaultPassword(tx, form.typeId()))
                : Optional.empty();
    }

    private static void checkOutlets(Tx tx, long id, PowerDeviceForm form, PowerType type) {
        long outlets = tx.one("SELECT count(*) FROM power_control_device_outlet WHERE device_id = $1", id)
                .getLong(0);
        if (type.maxOutlets() > 0 && outlets > type.maxOutlets()) {
            throw ApiError.field("__all__", OutletForm.full(form.name(), type.maxOutlets()));
        }
    }

    private PowerDeviceForm stored(long id) {
        return database.transaction(tx -> tx.first("SELECT * FROM power_control_device WHERE id = $1", id))
                .map(row -> new PowerDeviceForm(
                        row.getLong("type_id"),
                        row.getString("name"),
                        row.getString("address"),
                        row.getInteger("port"),
                        row.getString("username"),
                        row.getString("options"),
                        Optional.empty()))
                .orElseThrow(ApiError::notFound);
    }

    private Reply remove(Call call) {
        long id = call.numericId();
        database.run(tx -> {
            tx.first("SELECT 1 FROM power_control_device WHERE id = $1", id).orElseThrow(ApiError::notFound);
            devices.get().remove(tx, id);
        });
        return Reply.noContent();
    }
}
