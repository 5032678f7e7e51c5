package io.burnish.host.power;

import io.burnish.host.fence.Purpose;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Power control types in the database; their passwords are sealed. */
@ApplicationScoped
class PowerTypes {

    private final SecretStore secrets;

    PowerTypes(SecretStore secrets) {
        this.secrets = secrets;
    }

    /** A type that is there. */
    Optional<PowerType> find(Tx tx, long id) {
        return tx.first("SELECT * FROM power_control_type WHERE id = $1 AND not_deleted", id)
                .map(PowerTypes::read);
    }

    private static PowerType read(Row row) {
        Map<Purpose, String> templates = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            Optional.ofNullable(row.getString(purpose.column())).ifPresent(text -> templates.put(purpose, text));
        }
        return new PowerType(
                row.getString("agent"),
                row.getString("make"),
                row.getString("model"),
                row.getInteger("max_outlets"),
                row.getInteger("default_port"),
                row.getString("default_username"),
                row.getString("default_options"),
                templates);
    }

    /** Stores a new type; empty if there is one of the same agent, make and model. */
    Optional<Long> create(Tx tx, PowerType type, Optional<String> password) {
        Optional<Long> id = tx.first("""
                        INSERT INTO power_control_type (agent, make, model, max_outlets, default_port, default_username, default_options,
                            poweron_template, poweroff_template, powercycle_template, monitor_template, outlet_query_template,
                            outlet_list_template)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING RETURNING id""", columns(type)).map(row -> row.getLong(0));
        id.ifPresent(created -> keep(tx, created, password));
        return id;
    }

    /** Changes a type; false if another one has the same agent, make and model. */
    boolean change(Tx tx, long id, PowerType type, Optional<String> password) {
        // one writer at a time: the check and the change are one
        tx.update("LOCK TABLE power_control_type IN SHARE ROW EXCLUSIVE MODE");
        boolean taken =
                tx.first("""
                        SELECT 1 FROM power_control_type WHERE not_deleted AND id <> $1 AND agent = $2
                            AND coalesce(make, '') = coalesce($3, '') AND coalesce(model, '') = coalesce($4, '')""", id, type.agent(), type.make(), type.model()).isPresent();
        if (taken) {
            return false;
        }
        Object[] columns = new Object[14];
        System.arraycopy(columns(type), 0, columns, 0, 13);
        columns[13] = id;
        tx.update("""
                UPDATE power_control_type SET agent = $1, make = $2, model = $3, max_outlets = $4, default_port = $5, default_username = $6,
                    default_options = $7, poweron_template = $8, poweroff_template = $9, powercycle_template = $10,
                    monitor_template = $11, outlet_query_template = $12, outlet_list_template = $13 WHERE id = $14""", columns);
        keep(tx, id, password);
        return true;
    }

    private static Object[] columns(PowerType type) {
        return new Object[] {
            type.agent(),
            type.make(),
            type.model(),
            type.maxOutlets(),
            type.defaultPort(),
            type.defaultUsername(),
            type.defaultOptions(),
            type.templates().get(Purpose.POWER_ON),
            type.templates().get(Purpose.POWER_OFF),
            type.templates().get(Purpose.POWER_CYCLE),
            type.templates().get(Purpose.MONITOR),
            type.templates().get(Purpose.QUERY),
            type.templates().get(Purpose.LIST)
        };
    }

    private void keep(Tx tx, long id, Optional<String> password) {
        password.ifPresent(value -> {
            secrets.forget(tx, owner(id));
            secrets.keep(tx, owner(id), value);
        });
    }

    /** The password that devices of a type have unless they are given another. */
    Optional<String> defaultPassword(Tx tx, long id) {
        return secrets.ofOwner(tx, owner(id));
    }

    /** Removes a type that has no devices any more. */
    void remove(Tx tx, long id) {
        tx.update("UPDATE power_control_type SET not_deleted = NULL WHERE id = $1", id);
        secrets.forget(tx, owner(id));
    }

    private static String owner(long id) {
        return "power-type:" + id;
    }
}
