package io.burnish.host.switching;

import io.burnish.host.fence.Purpose;
import io.burnish.host.power.Outlets;
import io.burnish.host.power.PowerDevices;
import io.burnish.host.power.PowerType;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads devices for those who call their agents, and writes down what they learn. */
@ApplicationScoped
class Supplies {

    private static final String DEVICE = """
            SELECT d.id, d.name, d.address, d.port, d.username, d.options, d.revision, t.*, %s AS of_bmcs
            FROM power_control_device d JOIN power_control_type t ON t.id = d.type_id WHERE d.id = $1""".formatted(PowerType.OF_BMCS);

    private final SecretStore secrets;
    private final Outlets outlets;
    private final PowerDevices devices;

    Supplies(SecretStore secrets, Outlets outlets, PowerDevices devices) {
        this.secrets = secrets;
        this.outlets = outlets;
        this.devices = devices;
    }

    /** A device; empty if it has been removed. */
    Optional<Supply> find(Tx tx, long id) {
        return tx.first(DEVICE, id).map(row -> {
            Map<String, String> values = new HashMap<>();
            values.put("agent", row.getString("agent"));
            values.put("address", row.getString("address"));
            values.put("port", row.getInteger("port").toString());
            values.put("username", row.getString("username"));
            values.put("options", Optional.ofNullable(row.getString("options")).orElse(""));
            values.put("home", System.getProperty("user.home", ""));
            values.put("list_parameter", "list-status");
            values.put(
                    "password",
                    secrets.ofOwner(tx, PowerDevices.secretOwner(id)).orElse(""));
            Map<Purpose, String> templates = new EnumMap<>(Purpose.class);
            for (Purpose purpose : Purpose.values()) {
                Optional.ofNullable(row.getString(purpose.column())).ifPresent(text -> templates.put(purpose, text));
            }
            return new Supply(
                    id,
                    row.getString("name"),
                    row.getBoolean("of_bmcs"),
                    row.getLong("revision"),
                    values,
                    templates,
                    outlets(tx, id));
        });
    }

    private static List<Supply.Outlet> outlets(Tx tx, long device) {
        List<Supply.Outlet> found = new ArrayList<>();
        for (Row row : tx.query(
                "SELECT id, identifier, host_id, revision FROM power_control_device_outlet WHERE device_id = $1 ORDER BY id",
                device)) {
            found.add(new Supply.Outlet(row.getLong(0), row.getString(1), row.getLong(2), row.getLong(3)));
        }
        return found;
    }

    /** Ids of the devices and outlets that feed a server, in the order in which they are to be switched. */
    List<Feed> feeding(Tx tx, long hostId) {
        List<Feed> feeds = new ArrayList<>();
        for (Row row : tx.query(
                "SELECT device_id, id FROM power_control_device_outlet WHERE host_id = $1 ORDER BY id", hostId)) {
            feeds.add(new Feed(row.getLong(0), row.getLong(1)));
        }
        return feeds;
    }

    /** An outlet of a device. */
    record Feed(long deviceId, long outletId) {}

    /**
     * What a look at an outlet gave.
     *
     * @param power {@code null}: unknown
     * @param monitored false: a BMC that does not answer
     */
    record Look(Supply.Outlet outlet, Boolean power, boolean monitored) {}

    /**
     * Writes down what was seen, unless the device or the outlet has been changed or switched meanwhile: then it is older than what is
     * known. Returns whether the device's own answer is news.
     */
    boolean seen(Tx tx, Supply supply, boolean monitored, List<Look> looks) {
        Outlets.lockHosts(tx, looks.stream().map(look -> look.outlet().hostId()).toList());
        boolean current = tx.first(
                        "SELECT 1 FROM power_control_device WHERE id = $1 AND revision = $2 FOR NO KEY UPDATE",
                        supply.id(),
                        supply.revision())
                .isPresent();
        if (!current) {
            return false;
        }
        Set<String> unchanged = new java.util.HashSet<>();
        tx.query(
                        "SELECT id, revision FROM power_control_device_outlet WHERE device_id = $1 ORDER BY id FOR NO KEY UPDATE",
                        supply.id())
                .forEach(row -> unchanged.add(row.getLong(0) + " " + row.getLong(1)));
        looks.stream()
                .filter(look -> unchanged.contains(
                        look.outlet().id() + " " + look.outlet().revision()))
                .collect(Collectors.toList())
                .forEach(look -> outlets.seen(tx, look.outlet().id(), look.power(), look.monitored()));
        return devices.seen(tx, supply.id(), monitored);
    }

    /** An outlet was switched, or nobody knows ({@code null}). */
    void switched(Tx tx, long outletId, Boolean power) {
        outlets.find(tx, outletId).ifPresent(outlet -> {
            Outlets.lockHosts(tx, outlet.hostId() == null ? List.of() : List.of(outlet.hostId()));
            tx.update("UPDATE power_control_device_outlet SET revision = revision + 1 WHERE id = $1", outletId);
            outlets.seen(tx, outletId, power, outlet.monitored());
        });
    }
}
