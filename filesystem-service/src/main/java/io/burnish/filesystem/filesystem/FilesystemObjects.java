package io.burnish.filesystem.filesystem;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.execution.OwnedObjects;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** File systems and client mounts as jobs see them. */
@ApplicationScoped
class FilesystemObjects implements OwnedObjects {

    private final FilesystemStore filesystems;
    private final Neighbours neighbours;

    FilesystemObjects(FilesystemStore filesystems, Neighbours neighbours) {
        this.filesystems = filesystems;
        this.neighbours = neighbours;
    }

    /** A job proves that the command exists: the file system is visible from its first job on (ADR 5). */
    @Override
    public Optional<String> lockState(Tx tx, ObjectRef ref) {
        if (ref.type() == ObjectType.CLIENT_MOUNT) {
            return tx.first("SELECT state FROM client_mount WHERE id = $1 AND not_deleted FOR UPDATE", ref.id())
                    .map(row -> row.getString(0));
        }
        Optional<Filesystem> filesystem = filesystems.lock(tx, ref.id());
        filesystem.filter(found -> !found.visible()).ifPresent(found -> filesystems.show(tx, found.id()));
        return filesystem.map(Filesystem::state);
    }

    @Override
    public void changeState(Tx tx, ObjectRef ref, String state) {
        if (ref.type() == ObjectType.CLIENT_MOUNT) {
            changeMount(tx, ref.id(), state);
        } else {
            filesystems.changeState(tx, ref.id(), state, false);
        }
    }

    private void changeMount(Tx tx, long id, String state) {
        Row row = tx.one("""
                UPDATE client_mount SET state = $2, state_modified_at = now(), version = version + 1,
                    not_deleted = CASE WHEN $2 = 'removed' THEN NULL ELSE true END
                WHERE id = $1 RETURNING version, immutable_state, host_id, filesystem_id, mountpoint""", id, state);
        String host = neighbours
                .find(tx, ObjectRef.host(row.getLong(2)), HostFact.class)
                .map(HostFact::label)
                .orElse(Long.toString(row.getLong(2)));
        tx.publish(new FactMessage(
                new ClientMountFact(
                        id,
                        row.getLong(0),
                        state,
                        row.getBoolean(1),
                        "%s:%s (%s)".formatted(host, row.getString(4), state),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4)),
                null));
    }
}
