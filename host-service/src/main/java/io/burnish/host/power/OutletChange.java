package io.burnish.host.power;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;

/**
 * Creates, changes and removes outlets by the rules of the API contract (storage 11): a unit has so many outlets, an identifier names one
 * of them, and a server has either BMCs or outlets of units.
 */
@ApplicationScoped
class OutletChange {

    private static final String ALL = "__all__";
    private static final String DUPLICATE =
            "Power control device outlet with this Device and Identifier already exists.";
    private static final String MIXED = "Mixing of IPMI and PDU power control is not supported.";

    private record Device(String name, boolean ofBmcs, int maxOutlets) {}

    private final Database database;
    private final Outlets outlets;

    OutletChange(Database database, Outlets outlets) {
        this.database = database;
        this.outlets = outlets;
    }

    long create(OutletForm sent) {
        OutletForm form = resolved(sent);
        return database.transaction(tx -> {
            check(tx, form, null, null);
            long id = outlets.create(tx, form.deviceId(), form.identifier(), form.hostId(), form.hasPower())
                    .orElseThrow(() -> ApiError.field(ALL, DUPLICATE));
            lookSoon(tx, form.deviceId());
            return id;
        });
    }

    void apply(Outlets.Outlet present, OutletForm sent) {
        OutletForm form = resolved(sent);
        database.run(tx -> {
            check(tx, form, present.id(), present.hostId());
            Outlets.Outlet before = outlets.find(tx, present.id()).orElseThrow(ApiError::notFound);
            outlets.change(
                    tx,
                    before,
                    new Outlets.Outlet(
                            before.id(),
                            form.deviceId(),
                            form.identifier(),
                            form.hostId(),
                            form.hasPower(),
                            before.monitored() || form.deviceId() != before.deviceId()));
            lookSoon(tx, form.deviceId());
        });
    }

    void remove(long id) {
        database.run(tx -> {
            Outlets.Outlet present = outlets.find(tx, id).orElseThrow(ApiError::notFound);
            Outlets.lockHosts(tx, present.hostId() == null ? java.util.List.of() : java.util.List.of(present.hostId()));
            tx.first("SELECT * FROM power_control_device_outlet WHERE id = $1 FOR UPDATE", id)
                    .ifPresent(row -> outlets.remove(tx, Outlets.read(row)));
        });
    }

    /** The monitor does not wait for its next round. */
    private static void lookSoon(Tx tx, long device) {
        tx.update("UPDATE power_control_device SET next_check_at = now() WHERE id = $1", device);
    }

    /** A BMC's name becomes its address. Asks the resolver: outside any transaction. */
    private OutletForm resolved(OutletForm form) {
        Optional<Device> device = database.transaction(tx -> device(tx, form.deviceId(), ""));
        if (device.isEmpty()) {
            throw ApiError.field("device", PowerDeviceForm.NO_SUCH_CHOICE);
        }
        if (!device.get().ofBmcs()) {
            return form;
        }
        try {
            return form.called(Ipv4Name.resolve(form.identifier()));
        } catch (Ipv4Name.Unusable e) {
            throw ApiError.field(ALL, e.getMessage());
        }
    }

    private static Optional<Device> device(Tx tx, long id, String lock) {
        return tx.first(
                        "SELECT d.name, " + PowerType.OF_BMCS
                                + ", t.max_outlets FROM power_control_device d JOIN power_control_type t ON t.id = d.type_id WHERE d.id = $1"
                                + lock,
                        id)
                .map(row -> new Device(row.getString(0), row.getBoolean(1), row.getInteger(2)));
    }

    /**
     * Locks everything concerned and refuses what breaks a rule.
     *
     * @param own id of the outlet; {@code null}: a new one
     * @param formerHost server that it feeds now; may be {@code null}
     */
    private static void check(Tx tx, OutletForm form, Long own, Long formerHost) {
        Outlets.lockHosts(tx, Arrays.asList(form.hostId(), formerHost));
        FormErrors errors = new FormErrors();
        if (form.hostId() != null
                && tx.first("SELECT 1 FROM host WHERE id = $1 AND not_deleted AND NOT provisional", form.hostId())
                        .isEmpty()) {
            errors.add("host", PowerDeviceForm.NO_SUCH_CHOICE);
        }
        Optional<Device> device = device(tx, form.deviceId(), " FOR UPDATE OF d");
        if (device.isEmpty()) {
            errors.add("device", PowerDeviceForm.NO_SUCH_CHOICE);
        }
        errors.refuseIfAny();
        if (own != null && outletGone(tx, own)) {
            throw ApiError.notFound();
        }
        if (taken(tx, form, own)) {
            throw ApiError.field(ALL, DUPLICATE);
        }
        if (full(tx, form, own, device.get())) {
            errors.add(ALL, OutletForm.full(device.get().name(), device.get().maxOutlets()));
        }
        if (form.hostId() != null && fedOtherwise(tx, form.hostId(), own, device.get())) {
            errors.add(ALL, MIXED);
        }
        errors.refuseIfAny();
    }

    private static boolean outletGone(Tx tx, long id) {
        return tx.first("SELECT 1 FROM power_control_device_outlet WHERE id = $1 FOR UPDATE", id)
                .isEmpty();
    }

    private static boolean taken(Tx tx, OutletForm form, Long own) {
        return tx.first(
                        "SELECT 1 FROM power_control_device_outlet WHERE device_id = $1 AND identifier = $2 AND id IS DISTINCT FROM $3",
                        form.deviceId(),
                        form.identifier(),
                        own)
                .isPresent();
    }

    private static boolean full(Tx tx, OutletForm form, Long own, Device device) {
        long others = tx.one(
                        "SELECT count(*) FROM power_control_device_outlet WHERE device_id = $1 AND id IS DISTINCT FROM $2",
                        form.deviceId(),
                        own)
                .getLong(0);
        return device.maxOutlets() > 0 && others >= device.maxOutlets();
    }

    private static boolean fedOtherwise(Tx tx, long host, Long own, Device device) {
        return tx.first("""
                        SELECT 1 FROM power_control_device_outlet o JOIN power_control_device d ON d.id = o.device_id
                        JOIN power_control_type t ON t.id = d.type_id
                        WHERE o.host_id = $1 AND o.id IS DISTINCT FROM $2 AND %s <> $3""".formatted(PowerType.OF_BMCS), host, own, device.ofBmcs())
                .isPresent();
    }
}
