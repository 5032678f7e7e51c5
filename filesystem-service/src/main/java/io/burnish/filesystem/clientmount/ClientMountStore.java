package io.burnish.filesystem.clientmount;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Client mounts in the database. Every change tells the others in the same transaction. */
@ApplicationScoped
public class ClientMountStore {

    private static final String SELECT =
            "SELECT id, version, host_id, filesystem_id, mountpoint, state, immutable_state FROM client_mount WHERE ";

    private final Neighbours neighbours;
    private final ResourceReader reader;
    private final ClientMountResource resource;

    ClientMountStore(Neighbours neighbours, ResourceReader reader, ClientMountResource resource) {
        this.neighbours = neighbours;
        this.reader = reader;
        this.resource = resource;
    }

    /** Client mounts that a condition selects, ascending id. */
    public List<ClientMount> where(Tx tx, String condition, Object... args) {
        List<ClientMount> found = new ArrayList<>();
        for (Row row : tx.query(SELECT + condition, args)) {
            found.add(new ClientMount(
                    row.getLong(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6)));
        }
        return found;
    }

    /** The one with that id that is not removed, its row locked. */
    public Optional<ClientMount> lock(Tx tx, long id) {
        return where(tx, "id = $1 AND not_deleted FOR UPDATE", id).stream().findFirst();
    }

    /** The one with that id, removed or not. */
    public ClientMount get(Tx tx, long id) {
        return where(tx, "id = $1", id).getFirst();
    }

    /** The snapshot of one. */
    public ClientMountFact fact(Tx tx, long id) {
        ClientMount mount = get(tx, id);
        return mount.fact(neighbours
                .find(tx, ObjectRef.host(mount.hostId()), HostFact.class)
                .map(HostFact::label)
                .orElseGet(() -> Long.toString(mount.hostId())));
    }

    /**
     * The client mount of a file system on a server, with that mount point: a new one, or the present one, whose row is locked then.
     *
     * @return empty if the present one cannot be moved there: it is mounted elsewhere, or a job or copytool holds it
     */
    public Optional<Long> ensure(Tx tx, long hostId, long filesystemId, String mountpoint) {
        Optional<Row> created = tx.first("""
                INSERT INTO client_mount (host_id, filesystem_id, mountpoint) VALUES ($1, $2, $3)
                ON CONFLICT ON CONSTRAINT client_mount_pair DO NOTHING RETURNING id""", hostId, filesystemId, mountpoint);
        if (created.isPresent()) {
            publish(tx, created.get().getLong(0), false);
            return Optional.of(created.get().getLong(0));
        }
        ClientMount present = where(
                        tx, "host_id = $1 AND filesystem_id = $2 AND not_deleted FOR UPDATE", hostId, filesystemId)
                .getFirst();
        if (!present.mountpoint().equals(mountpoint)) {
            if (!present.state().equals("unmounted") || held(tx, present.id()) || used(tx, present.id())) {
                return Optional.empty();
            }
            tx.update("UPDATE client_mount SET mountpoint = $2 WHERE id = $1", present.id(), mountpoint);
            changed(tx, present.id(), false);
        }
        return Optional.of(present.id());
    }

    /** Notes one that a server has mounted by itself; not one that was removed after the server said so. */
    void learn(Tx tx, long hostId, long filesystemId, String mountpoint) {
        tx.first("""
                        INSERT INTO client_mount (host_id, filesystem_id, mountpoint, state)
                        SELECT $1::bigint, $2::bigint, $3::text, 'mounted' WHERE NOT EXISTS
                            (SELECT 1 FROM client_mount m JOIN client_mount_seen s ON s.host_id = m.host_id
                            WHERE m.host_id = $1 AND m.filesystem_id = $2 AND m.state_modified_at >= s.seen_at)
                        ON CONFLICT ON CONSTRAINT client_mount_pair DO NOTHING RETURNING id""", hostId, filesystemId, mountpoint).ifPresent(row -> publish(tx, row.getLong(0), true));
    }

    /** Gives it a state. */
    public void changeState(Tx tx, long id, String state, boolean observed) {
        tx.update(
                "UPDATE client_mount SET state = $2, state_modified_at = now(), not_deleted = $3 WHERE id = $1",
                id,
                state,
                Fact.GONE.contains(state) ? null : Boolean.TRUE);
        changed(tx, id, observed);
    }

    /** Gives it a state and the place where the server has it. */
    void seen(Tx tx, long id, String state, String mountpoint) {
        tx.update("UPDATE client_mount SET mountpoint = $2 WHERE id = $1", id, mountpoint);
        changeState(tx, id, state, true);
    }

    /** Whether a job is going to change it. */
    static boolean held(Tx tx, long id) {
        return tx.first(
                        "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND cardinality(write_jobs) > 0",
                        new ObjectRef(ObjectType.CLIENT_MOUNT, id).toString())
                .isPresent();
    }

    private static boolean used(Tx tx, long id) {
        return tx.first("SELECT 1 FROM copytool WHERE client_mount_id = $1 AND not_deleted", id)
                .isPresent();
    }

    private void changed(Tx tx, long id, boolean observed) {
        tx.update("UPDATE client_mount SET version = version + 1 WHERE id = $1", id);
        publish(tx, id, observed);
    }

    private void publish(Tx tx, long id, boolean observed) {
        tx.publish(new FactMessage(fact(tx, id), reader.wire(tx, resource.resource(), id), observed));
    }
}
