package io.burnish.host.power;

import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.OutletFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.fencing.FencingWishes;
import io.burnish.host.host.HostStore;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Outlets in the database. A server's snapshot says what power its outlets have, so it is published with them. Rows are locked in this
 * order: servers by id, device, outlets.
 */
@ApplicationScoped
public class Outlets {

    private final ResourceReader reader;
    private final OutletResource resource;
    private final HostStore hosts;
    private final FencingWishes fencing;

    Outlets(ResourceReader reader, OutletResource resource, HostStore hosts, FencingWishes fencing) {
        this.reader = reader;
        this.resource = resource;
        this.hosts = hosts;
        this.fencing = fencing;
    }

    /** An outlet as it is stored. */
    public record Outlet(long id, long deviceId, String identifier, Long hostId, Boolean hasPower, boolean monitored) {}

    static Outlet read(Row row) {
        return new Outlet(
                row.getLong("id"),
                row.getLong("device_id"),
                row.getString("identifier"),
                row.getLong("host_id"),
                row.getBoolean("has_power"),
                row.getBoolean("monitored"));
    }

    /** An outlet. */
    public Optional<Outlet> find(Tx tx, long id) {
        return tx.first("SELECT * FROM power_control_device_outlet WHERE id = $1", id)
                .map(Outlets::read);
    }

    /** Locks servers in the order of their ids. */
    public static void lockHosts(Tx tx, Collection<Long> ids) {
        new TreeSet<>(ids.stream().filter(Objects::nonNull).toList())
                .forEach(id -> tx.query("SELECT 1 FROM host WHERE id = $1 FOR NO KEY UPDATE", id));
    }

    /** Stores a new outlet; empty if the device has one of that identifier. */
    Optional<Long> create(Tx tx, long deviceId, String identifier, Long hostId, Boolean hasPower) {
        Optional<Long> id =
                tx.first("""
                        INSERT INTO power_control_device_outlet (device_id, identifier, host_id, has_power) VALUES ($1, $2, $3, $4)
                        ON CONFLICT DO NOTHING RETURNING id""", deviceId, identifier, hostId, hasPower).map(row -> row.getLong(0));
        id.ifPresent(created -> {
            publish(tx, created, false);
            fed(tx, hostId);
        });
        return id;
    }

    /** Stores a changed outlet. */
    void change(Tx tx, Outlet before, Outlet now) {
        tx.update("""
                UPDATE power_control_device_outlet SET device_id = $2, identifier = $3, host_id = $4, has_power = $5, monitored = $6,
                    revision = revision + 1
                WHERE id = $1""", now.id(), now.deviceId(), now.identifier(), now.hostId(), now.hasPower(), now.monitored());
        publish(tx, now.id(), false);
        fed(tx, now.hostId());
        if (!Objects.equals(before.hostId(), now.hostId())) {
            fed(tx, before.hostId());
        }
    }

    /** Removes an outlet. */
    void remove(Tx tx, Outlet outlet) {
        delete(tx, outlet.id());
        fed(tx, outlet.hostId());
    }

    private static void delete(Tx tx, long id) {
        tx.first("DELETE FROM power_control_device_outlet WHERE id = $1 RETURNING version", id)
                .ifPresent(row -> tx.publish(Outgoing.tombstone(
                        new ObjectRef(ObjectType.POWER_CONTROL_DEVICE_OUTLET, id), row.getLong(0) + 1)));
    }

    private void fed(Tx tx, Long hostId) {
        if (hostId != null) {
            hosts.changed(tx, hostId, false);
            fencing.changed(tx, hostId);
        }
    }

    /**
     * Somebody has looked at an outlet, or switched it.
     *
     * @param power {@code null}: unknown
     * @param monitored false: a BMC that does not answer
     * @return whether that is news
     */
    public boolean seen(Tx tx, long id, Boolean power, boolean monitored) {
        Optional<Row> news = tx.first("""
                UPDATE power_control_device_outlet SET has_power = $2, monitored = $3
                WHERE id = $1 AND (has_power, monitored) IS DISTINCT FROM ($2, $3) RETURNING host_id""", id, power, monitored);
        news.ifPresent(row -> {
            publish(tx, id, true);
            if (row.getLong(0) != null) {
                hosts.changed(tx, row.getLong(0), true);
            }
        });
        return news.isPresent();
    }

    /** A removed server has no BMC any more, and no unit feeds it (API contract, storage 11). */
    public void hostRemoved(Tx tx, long hostId) {
        for (Row row : tx.query("""
                SELECT o.id, %s FROM power_control_device_outlet o JOIN power_control_device d ON d.id = o.device_id
                JOIN power_control_type t ON t.id = d.type_id WHERE o.host_id = $1 ORDER BY o.id""".formatted(PowerType.OF_BMCS), hostId)) {
            if (row.getBoolean(1)) {
                delete(tx, row.getLong(0));
            } else {
                tx.update("UPDATE power_control_device_outlet SET host_id = NULL WHERE id = $1", row.getLong(0));
                publish(tx, row.getLong(0), false);
            }
        }
        fencing.forget(tx, hostId);
    }

    private void publish(Tx tx, long id, boolean observed) {
        Row row = tx.one("UPDATE power_control_device_outlet SET version = version + 1 WHERE id = $1 RETURNING *", id);
        tx.publish(new FactMessage(
                new OutletFact(
                        id,
                        row.getLong("version"),
                        row.getString("identifier"),
                        row.getLong("host_id"),
                        row.getBoolean("monitored")),
                reader.wire(tx, resource.resource(), id),
                observed));
    }
}
