package io.burnish.host.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.execution.OwnedObjects;
import io.burnish.kit.sql.Tx;
import io.quarkus.arc.DefaultBean;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The table of servers without the feature that owns it; gives way to that feature's own bean where it is present. */
@DefaultBean
@ApplicationScoped
public class TestHosts implements HostRegistry {

    private static final String SELECT =
            "SELECT id, address, fqdn, nodename, state, profile, provisional FROM host WHERE not_deleted AND ";

    @Override
    public Optional<ServerProfile> profile(Tx tx, String name) {
        return tx.first("SELECT * FROM server_profile WHERE name = $1", name)
                .map(row -> new ServerProfile(
                        name,
                        row.getString("ui_name"),
                        row.getBoolean("managed"),
                        row.getBoolean("worker"),
                        row.getString("initial_state"),
                        row.getBoolean("corosync"),
                        row.getBoolean("corosync2"),
                        row.getBoolean("pacemaker"),
                        row.getBoolean("ntp")));
    }

    @Override
    public Optional<ObjectNode> agentProfile(Tx tx, String name) {
        return profile(tx, name).map(profile -> JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("managed", profile.managed())
                .put("worker", profile.worker()));
    }

    @Override
    public Optional<KnownHost> byFqdn(Tx tx, String fqdn) {
        return tx.first(SELECT + "fqdn = $1", fqdn).map(TestHosts::known);
    }

    @Override
    public Optional<KnownHost> byId(Tx tx, long hostId) {
        return tx.first(SELECT + "id = $1", hostId).map(TestHosts::known);
    }

    @Override
    public Optional<KnownHost> byAddress(Tx tx, String address) {
        return tx.first(SELECT + "address = $1", address).map(TestHosts::known);
    }

    private static KnownHost known(Row row) {
        return new KnownHost(
                row.getLong("id"),
                row.getString("address"),
                row.getString("fqdn"),
                row.getString("nodename"),
                row.getString("fqdn"),
                row.getString("state"),
                row.getString("profile"),
                row.getBoolean("provisional"));
    }

    @Override
    public Registered register(Tx tx, Registration who) {
        Optional<KnownHost> known = byFqdn(tx, who.fqdn());
        known.ifPresent(host -> tx.update("UPDATE host SET state = 'unconfigured' WHERE id = $1", host.id()));
        return known.map(host -> new Registered(host.id(), List.of(), "managed", true))
                .orElseGet(() ->
                        create(tx, who.address(), who.fqdn(), who.nodename(), who.profile(), "unconfigured", "manual"));
    }

    @Override
    public Registered deploy(Tx tx, Deployment who) {
        Optional<KnownHost> known = byFqdn(tx, who.fqdn());
        known.ifPresent(host -> tx.update(
                "UPDATE host SET profile = $2, install_method = $3 WHERE id = $1",
                host.id(),
                who.profile(),
                who.installMethod()));
        return known.map(host -> new Registered(host.id(), List.of(), "managed", true))
                .orElseGet(() -> create(
                        tx,
                        who.address(),
                        who.fqdn(),
                        who.nodename(),
                        who.profile(),
                        "undeployed",
                        who.installMethod()));
    }

    private static Registered create(
            Tx tx, String address, String fqdn, String nodename, String profile, String state, String method) {
        long id = tx.one("""
                        INSERT INTO host (address, fqdn, nodename, profile, state, install_method, immutable_state, provisional)
                        VALUES ($1, $2, $3, $4, $5, $6, false, true) RETURNING id""", address, fqdn, nodename, profile, state, method).getLong(0);
        return new Registered(id, List.of(), "managed", false);
    }

    @Override
    public boolean rename(Tx tx, long hostId, String fqdn, String address) {
        if (tx.first(
                        "SELECT 1 FROM host WHERE id <> $1 AND not_deleted AND (fqdn = $2 OR address = $3)",
                        hostId,
                        fqdn,
                        address)
                .isPresent()) {
            return false;
        }
        tx.update("UPDATE host SET fqdn = $2, address = $3 WHERE id = $1", hostId, fqdn, address);
        return true;
    }

    @Override
    public void confirm(Tx tx, long hostId) {
        tx.update("UPDATE host SET provisional = false WHERE id = $1", hostId);
    }

    @Override
    public void discard(Tx tx, long hostId) {
        tx.update("DELETE FROM host WHERE id = $1 AND provisional", hostId);
    }

    /** States of servers, for jobs. */
    @DefaultBean
    @ApplicationScoped
    public static class States implements OwnedObjects {

        @Override
        public Optional<String> lockState(Tx tx, ObjectRef ref) {
            return tx.first("SELECT state FROM host WHERE id = $1 FOR UPDATE", ref.id())
                    .map(row -> row.getString(0));
        }

        @Override
        public void changeState(Tx tx, ObjectRef ref, String state) {
            tx.update("UPDATE host SET state = $2 WHERE id = $1", ref.id(), state);
        }
    }
}
