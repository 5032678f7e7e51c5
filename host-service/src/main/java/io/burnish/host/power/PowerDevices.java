package io.burnish.host.power;

import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.PowerDeviceFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.fencing.FencingWishes;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Power control devices in the database; their passwords are sealed. */
@ApplicationScoped
public class PowerDevices {

    private final ResourceReader reader;
    private final PowerDeviceResource resource;
    private final Outlets outlets;
    private final SecretStore secrets;
    private final FencingWishes fencing;

    PowerDevices(
            ResourceReader reader,
            PowerDeviceResource resource,
            Outlets outlets,
            SecretStore secrets,
            FencingWishes fencing) {
        this.reader = reader;
        this.resource = resource;
        this.outlets = outlets;
        this.secrets = secrets;
        this.fencing = fencing;
    }

    /** Under which name a device's password is kept. */
    public static String secretOwner(long id) {
        return "power-device:" + id;
    }

    /** Stores a new device with the outlets of its type; empty if there is one of that address and port. */
    Optional<Long> create(Tx tx, PowerDeviceForm form, int maxOutlets, String password) {
        Optional<Long> created = tx.first(
                        """
                        INSERT INTO power_control_device (type_id, name, address, port, username, options)
                        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id""", form.typeId(), form.name(), form.address(), form.port(), form.username(), form.options())
                .map(row -> row.getLong(0));
        created.ifPresent(id -> {
            secrets.keep(tx, secretOwner(id), password);
            for (int number = 1; number <= maxOutlets; number++) {
                outlets.create(tx, id, Integer.toString(number), null, null);
            }
            publish(tx, id, false);
        });
        return created;
    }

    /** Stores a changed device, which is looked at anew; false if another one has that address and port. */
    boolean change(Tx tx, long id, PowerDeviceForm form, Optional<String> password) {
        int changed = tx.update(
                """
                UPDATE power_control_device d SET type_id = $2, name = $3, address = $4, port = $5, username = $6, options = $7,
                    revision = revision + 1, next_check_at = now()
                WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM power_control_device o WHERE o.id <> $1 AND o.address = $4 AND o.port = $5)""", id, form.typeId(), form.name(), form.address(), form.port(), form.username(), form.options());
        if (changed == 0) {
            return false;
        }
        password.ifPresent(value -> {
            secrets.forget(tx, secretOwner(id));
            secrets.keep(tx, secretOwner(id), value);
        });
        for (Row row : tx.query(
                "SELECT DISTINCT host_id FROM power_control_device_outlet WHERE device_id = $1 AND host_id IS NOT NULL ORDER BY 1",
                id)) {
            fencing.changed(tx, row.getLong(0));
        }
        publish(tx, id, false);
        return true;
    }

    /** Removes a device with its outlets. */
    void remove(Tx tx, long id) {
        List<Outlets.Outlet> mine = outletsOf(tx, id);
        Outlets.lockHosts(tx, mine.stream().map(Outlets.Outlet::hostId).toList());
        if (tx.first("SELECT 1 FROM power_control_device WHERE id = $1 FOR UPDATE", id)
                .isEmpty()) {
            return;
        }
        outletsOf(tx, id).forEach(outlet -> outlets.remove(tx, outlet));
        secrets.forget(tx, secretOwner(id));
        tx.first("DELETE FROM power_control_device WHERE id = $1 RETURNING version", id)
                .ifPresent(row -> tx.publish(
                        Outgoing.tombstone(new ObjectRef(ObjectType.POWER_CONTROL_DEVICE, id), row.getLong(0) + 1)));
    }

    /** The outlets of a device in the order of their ids. */
    public List<Outlets.Outlet> outletsOf(Tx tx, long id) {
        List<Outlets.Outlet> found = new ArrayList<>();
        tx.query("SELECT * FROM power_control_device_outlet WHERE device_id = $1 ORDER BY id", id)
                .forEach(row -> found.add(Outlets.read(row)));
        return found;
    }

    /**
     * A device was asked.
     *
     * @return whether the answer is news
     */
    public boolean seen(Tx tx, long id, boolean monitored) {
        boolean news = tx.update(
                        "UPDATE power_control_device SET monitored = $2 WHERE id = $1 AND monitored <> $2",
                        id,
                        monitored)
                > 0;
        if (news) {
            publish(tx, id, true);
        }
        return news;
    }

    private void publish(Tx tx, long id, boolean observed) {
        Row row = tx.one("UPDATE power_control_device SET version = version + 1 WHERE id = $1 RETURNING *", id);
        tx.publish(new FactMessage(
                new PowerDeviceFact(id, row.getLong("version"), row.getString("name"), row.getBoolean("monitored")),
                reader.wire(tx, resource.resource(), id),
                observed));
    }
}
