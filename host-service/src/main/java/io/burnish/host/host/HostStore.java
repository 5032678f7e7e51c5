package io.burnish.host.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.profile.ServerProfiles;
import io.burnish.host.spi.HostContacts;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Servers in the database. Every change publishes the new snapshot in the same transaction, unless the server is provisional. */
@ApplicationScoped
public class HostStore implements HostRegistry, HostContacts {

    private static final String UNDEPLOYED = "undeployed";

    private final ResourceReader reader;
    private final HostResource resource;
    private final ServerProfiles profiles;
    private final ConfigurationStore configurations;

    HostStore(
            ResourceReader reader, HostResource resource, ServerProfiles profiles, ConfigurationStore configurations) {
        this.reader = reader;
        this.resource = resource;
        this.profiles = profiles;
        this.configurations = configurations;
    }

    /** The present snapshot, also of a removed server. */
    public HostFact fact(Tx tx, long id) {
        Row row = tx.one("SELECT * FROM host WHERE id = $1", id);
        return new HostFact(
                id,
                row.getLong("version"),
                row.getString("state"),
                row.getBoolean("immutable_state"),
                row.getString("address"),
                row.getString("fqdn"),
                row.getString("nodename"),
                HostRegistry.label(row.getString("fqdn")),
                row.getString("install_method"),
                profiles.find(tx, row.getString("profile")).orElseThrow(),
                row.getBoolean("in_contact"),
                row.getBoolean("offline"),
                Arrays.asList(row.getArrayOfLongs("peers")),
                outletPower(tx, id));
    }

    private static List<Boolean> outletPower(Tx tx, long id) {
        List<Boolean> power = new ArrayList<>();
        tx.query("SELECT has_power FROM power_control_device_outlet WHERE host_id = $1 ORDER BY id", id)
                .forEach(row -> power.add(row.getBoolean(0)));
        return power;
    }

    /** Notes a change that was made in this transaction, and tells everybody. */
    public void changed(Tx tx, long id, boolean observed) {
        Row row = tx.one("UPDATE host SET version = version + 1 WHERE id = $1 RETURNING provisional", id);
        if (!row.getBoolean(0)) {
            tx.publish(new FactMessage(fact(tx, id), reader.wire(tx, resource.resource(), id), observed));
        }
    }

    /** Locks a server, also a provisional one, and returns its state. A job proves that its command exists: it is shown. */
    public Optional<String> lockState(Tx tx, long id) {
        Optional<Row> row =
                tx.first("SELECT state, provisional FROM host WHERE id = $1 AND not_deleted FOR NO KEY UPDATE", id);
        row.filter(found -> found.getBoolean(1)).ifPresent(found -> confirm(tx, id));
        return row.map(found -> found.getString(0));
    }

    /** Gives a server a state. */
    public void changeState(Tx tx, long id, String state, boolean observed) {
        tx.update(
                "UPDATE host SET state = $2, state_modified_at = now(), not_deleted = $3 WHERE id = $1",
                id,
                state,
                Fact.GONE.contains(state) ? null : Boolean.TRUE);
        changed(tx, id, observed);
    }

    @Override
    public Optional<ServerProfile> profile(Tx tx, String name) {
        return profiles.find(tx, name);
    }

    @Override
    public Optional<ObjectNode> agentProfile(Tx tx, String name) {
        return profiles.forAgents(tx, name);
    }

    @Override
    public Optional<KnownHost> byFqdn(Tx tx, String fqdn) {
        return known(tx, "fqdn = $1", fqdn);
    }

    @Override
    public Optional<KnownHost> byId(Tx tx, long hostId) {
        return known(tx, "id = $1", hostId);
    }

    @Override
    public Optional<KnownHost> byAddress(Tx tx, String address) {
        return known(tx, "address = $1", address);
    }

    private static Optional<KnownHost> known(Tx tx, String condition, Object arg) {
        return tx.first("SELECT * FROM host WHERE not_deleted AND " + condition, arg)
                .map(row -> new KnownHost(
                        row.getLong("id"),
                        row.getString("address"),
                        row.getString("fqdn"),
                        row.getString("nodename"),
                        HostRegistry.label(row.getString("fqdn")),
                        row.getString("state"),
                        row.getString("profile"),
                        row.getBoolean("provisional")));
    }

    @Override
    public Registered register(Tx tx, Registration who) {
        Optional<KnownHost> known =
                byFqdn(tx, who.fqdn()).filter(host -> host.state().equals(UNDEPLOYED));
        if (known.isPresent()) {
            tx.update("UPDATE host SET nodename = $2 WHERE id = $1", known.get().id(), who.nodename());
            changeState(tx, known.get().id(), "unconfigured", false);
            return registered(tx, known.get().id(), true);
        }
        return registered(
                tx,
                create(tx, "unconfigured", who.address(), who.fqdn(), who.nodename(), who.profile(), "manual"),
                false);
    }

    @Override
    public Registered deploy(Tx tx, Deployment who) {
        Optional<KnownHost> known =
                byFqdn(tx, who.fqdn()).filter(host -> host.state().equals(UNDEPLOYED));
        if (known.isPresent()) {
            long id = known.get().id();
            tx.update(
                    "UPDATE host SET profile = $2, install_method = $3, immutable_state = $4 WHERE id = $1",
                    id,
                    who.profile(),
                    who.installMethod(),
                    !profiles.find(tx, who.profile()).orElseThrow().managed());
            configurations.create(tx, id, profiles.find(tx, who.profile()).orElseThrow());
            changed(tx, id, false);
            return registered(tx, id, true);
        }
        return registered(
                tx,
                create(tx, UNDEPLOYED, who.address(), who.fqdn(), who.nodename(), who.profile(), who.installMethod()),
                false);
    }

    /** Records a profile, with the configurations that belong to it; returns the snapshots that have changed. */
    public List<Fact> assignProfile(Tx tx, long id, ServerProfile profile) {
        lockState(tx, id);
        tx.update(
                "UPDATE host SET profile = $2, immutable_state = $3 WHERE id = $1",
                id,
                profile.name(),
                !profile.managed());
        configurations.follow(tx, id, profile);
        changed(tx, id, false);
        return facts(tx, id);
    }

    /** Snapshots of a server and of the configurations that belong to it; none if it is gone. */
    List<Fact> facts(Tx tx, long id) {
        if (byId(tx, id).isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>(List.of(fact(tx, id)));
        facts.addAll(configurations.ofHost(tx, id));
        return facts;
    }

    private long create(
            Tx tx, String state, String address, String fqdn, String nodename, String profile, String installMethod) {
        ServerProfile found = profiles.find(tx, profile).orElseThrow();
        long id = tx.one("""
                        INSERT INTO host (state, immutable_state, provisional, address, fqdn, nodename, install_method, profile, version)
                        VALUES ($1, $2, true, $3, $4, $5, $6, $7, 1) RETURNING id\
                        """, state, !found.managed(), address, fqdn, nodename, installMethod, profile)
                .getLong(0);
        configurations.create(tx, id, found);
        return id;
    }

    private Registered registered(Tx tx, long id, boolean taken) {
        HostFact host = fact(tx, id);
        List<Fact> introduced = new ArrayList<>();
        introduced.add(host);
        introduced.addAll(configurations.ofHost(tx, id));
        return new Registered(id, introduced, host.profile().initialState(), taken);
    }

    @Override
    public boolean rename(Tx tx, long hostId, String fqdn, String address) {
        boolean taken = tx.first(
                        "SELECT 1 FROM host WHERE not_deleted AND id <> $1 AND (fqdn = $2 OR address = $3)",
                        hostId,
                        fqdn,
                        address)
                .isPresent();
        if (taken) {
            return false;
        }
        tx.update("UPDATE host SET fqdn = $2, address = $3 WHERE id = $1", hostId, fqdn, address);
        changed(tx, hostId, false);
        return true;
    }

    @Override
    public void confirm(Tx tx, long hostId) {
        if (tx.update("UPDATE host SET provisional = false WHERE id = $1 AND provisional", hostId) > 0) {
            changed(tx, hostId, false);
            configurations.ofHost(tx, hostId).forEach(fact -> configurations.changed(tx, fact.ref(), false));
        }
    }

    @Override
    public void discard(Tx tx, long hostId) {
        if (tx.first("SELECT 1 FROM host WHERE id = $1 AND provisional FOR UPDATE", hostId)
                .isPresent()) {
            ConfigurationStore.TYPES.forEach(
                    type -> tx.update("DELETE FROM " + type.resource() + " WHERE host_id = $1", hostId));
            tx.update("DELETE FROM host WHERE id = $1", hostId);
        }
    }

    @Override
    public void contactChanged(Tx tx, long hostId, boolean inContact) {
        if (tx.update("UPDATE host SET in_contact = $2 WHERE id = $1 AND in_contact <> $2", hostId, inContact) > 0) {
            changed(tx, hostId, true);
        }
    }

    @Override
    public void booted(Tx tx, long hostId, String bootId, Instant bootTime) {
        if (tx.update(
                        "UPDATE host SET boot_id = $2, boot_time = $3 WHERE id = $1 AND boot_id IS DISTINCT FROM $2",
                        hostId,
                        bootId,
                        bootTime.atOffset(ZoneOffset.UTC))
                > 0) {
            changed(tx, hostId, true);
        }
    }

    /** The snapshot's reference. */
    public static ObjectRef ref(long id) {
        return ObjectRef.host(id);
    }
}
