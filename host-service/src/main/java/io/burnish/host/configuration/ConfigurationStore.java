package io.burnish.host.configuration;

import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configurations of servers in the database. Every change publishes the new snapshot in the same transaction. */
@ApplicationScoped
public class ConfigurationStore {

    /** Types that this store keeps. */
    public static final List<ObjectType> TYPES = List.of(
            ObjectType.LNET_CONFIGURATION,
            ObjectType.COROSYNC_CONFIGURATION,
            ObjectType.PACEMAKER_CONFIGURATION,
            ObjectType.NTP_CONFIGURATION);

    private final ResourceReader reader;
    private final ConfigurationResources resources;

    ConfigurationStore(ResourceReader reader, ConfigurationResources resources) {
        this.reader = reader;
        this.resources = resources;
    }

    /** Creates what a server of that profile has; their facts are published with the server's. */
    public void create(Tx tx, long host, ServerProfile profile) {
        boolean immutable = !profile.managed();
        tx.update(
                "INSERT INTO lnet_configuration (host_id, immutable_state, version) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING",
                host,
                immutable);
        if (profile.clustered()) {
            tx.update("""
                    INSERT INTO corosync_configuration (host_id, corosync2, immutable_state, version) VALUES ($1, $2, $3, 1)
                    ON CONFLICT DO NOTHING""", host, profile.corosync2(), immutable);
        }
        if (profile.pacemaker()) {
            tx.update("""
                    INSERT INTO pacemaker_configuration (host_id, immutable_state, version) VALUES ($1, $2, 1)
                    ON CONFLICT DO NOTHING""", host, immutable);
        }
        if (profile.ntp()) {
            tx.update(
                    "INSERT INTO ntp_configuration (host_id, immutable_state, version) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING",
                    host,
                    immutable);
        }
    }

    /** Adapts a server's configurations to another profile: what the profile lacks goes unless it is set up. */
    public void follow(Tx tx, long host, ServerProfile profile) {
        for (Fact fact : ofHost(tx, host)) {
            boolean needed =
                    switch (fact) {
                        case CorosyncFact corosync -> profile.clustered();
                        case PacemakerFact pacemaker -> profile.pacemaker();
                        case NtpFact ntp -> profile.ntp();
                        default -> true;
                    };
            if (!needed && ((StatefulFact) fact).state().equals("unconfigured")) {
                changeState(tx, fact.ref(), "removed", false);
            }
        }
        create(tx, host, profile);
        TYPES.forEach(type -> tx.update(
                "UPDATE " + type.resource() + " SET immutable_state = $2 WHERE host_id = $1 AND not_deleted",
                host,
                !profile.managed()));
        ofHost(tx, host).forEach(fact -> changed(tx, fact.ref(), false));
    }

    /** Snapshots of everything that a server has. */
    public List<Fact> ofHost(Tx tx, long host) {
        List<Fact> facts = new ArrayList<>();
        for (ObjectType type : TYPES) {
            tx.first("SELECT id FROM " + type.resource() + " WHERE host_id = $1 AND not_deleted", host)
                    .ifPresent(row -> facts.add(fact(tx, type, row.getLong(0))));
        }
        return facts;
    }

    /** The configuration of a type that a server has. */
    public Optional<Long> idOn(Tx tx, ObjectType type, long host) {
        return tx.first("SELECT id FROM " + type.resource() + " WHERE host_id = $1 AND not_deleted", host)
                .map(row -> row.getLong(0));
    }

    /** The server of a configuration. */
    public long hostOf(Tx tx, ObjectRef ref) {
        return tx.one("SELECT host_id FROM " + ref.type().resource() + " WHERE id = $1", ref.id())
                .getLong(0);
    }

    /** Locks a configuration and returns its state. */
    public Optional<String> lockState(Tx tx, ObjectRef ref) {
        return tx.first(
                        "SELECT state FROM " + ref.type().resource()
                                + " WHERE id = $1 AND not_deleted FOR NO KEY UPDATE",
                        ref.id())
                .map(row -> row.getString(0));
    }

    /** Locks a configuration and says whether its state is older than that. */
    public boolean unchangedSince(Tx tx, ObjectRef ref, OffsetDateTime time) {
        return tx.first(
                        "SELECT 1 FROM " + ref.type().resource()
                                + " WHERE id = $1 AND not_deleted AND state_modified_at < $2 FOR NO KEY UPDATE",
                        ref.id(),
                        time)
                .isPresent();
    }

    /** Gives a configuration a state. */
    public void changeState(Tx tx, ObjectRef ref, String state, boolean observed) {
        tx.update(
                "UPDATE " + ref.type().resource()
                        + " SET state = $2, state_modified_at = now(), not_deleted = $3 WHERE id = $1",
                ref.id(),
                state,
                Fact.GONE.contains(state) ? null : Boolean.TRUE);
        changed(tx, ref, observed);
    }

    /** Notes a change that was made in this transaction, and tells everybody. */
    public void changed(Tx tx, ObjectRef ref, boolean observed) {
        tx.update("UPDATE " + ref.type().resource() + " SET version = version + 1 WHERE id = $1", ref.id());
        publish(tx, ref, observed);
    }

    /** Publishes the present snapshot. */
    public void publish(Tx tx, ObjectRef ref, boolean observed) {
        tx.publish(new FactMessage(
                fact(tx, ref.type(), ref.id()), reader.wire(tx, resources.of(ref.type()), ref.id()), observed));
    }

    /** The present snapshot. */
    public StatefulFact fact(Tx tx, ObjectType type, long id) {
        Row row = tx.one("SELECT c.* FROM " + type.resource() + " c WHERE c.id = $1", id);
        long version = row.getLong("version");
        String state = row.getString("state");
        boolean immutable = row.getBoolean("immutable_state");
        long host = row.getLong("host_id");
        String label = type.display();
        return switch (type) {
            case LNET_CONFIGURATION -> new LnetFact(id, version, state, immutable, label, host, nids(tx, id));
            case COROSYNC_CONFIGURATION ->
                new CorosyncFact(
                        id,
                        version,
                        state,
                        immutable,
                        label,
                        host,
                        row.getBoolean("corosync2"),
                        row.getInteger("mcast_port"),
                        row.getBoolean("stonith_disabled"),
                        row.getBoolean("alone"));
            case PACEMAKER_CONFIGURATION -> new PacemakerFact(id, version, state, immutable, label, host);
            case NTP_CONFIGURATION -> new NtpFact(id, version, state, immutable, label, host);
            default -> throw new IllegalArgumentException("no configuration: " + type);
        };
    }

    private static List<Nid> nids(Tx tx, long lnet) {
        List<Nid> nids = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT i.inet4_address, n.lnd_type, n.lnd_network FROM nid n JOIN network_interface i
                ON i.id = n.network_interface_id WHERE n.lnet_configuration_id = $1 AND n.lnd_type IS NOT NULL ORDER BY i.id""", lnet)) {
            nids.add(new Nid(row.getString(0), row.getString(1), row.getInteger(2)));
        }
        return nids;
    }
}
