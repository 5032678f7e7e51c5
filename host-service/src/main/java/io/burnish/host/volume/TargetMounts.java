package io.burnish.host.volume;

import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Which servers and volumes targets use: kept as rows, because lists ask for it. */
@ApplicationScoped
class TargetMounts implements NeighbourListener {

    private final Neighbours neighbours;

    TargetMounts(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        for (ObjectRef ref : changed) {
            if (ref.type() == ObjectType.TARGET) {
                tx.update("DELETE FROM target_mount WHERE target_id = $1", ref.id());
                neighbours.find(tx, ref, TargetFact.class).ifPresent(target -> store(tx, target));
            }
        }
    }

    private static void store(Tx tx, TargetFact target) {
        for (TargetFact.Mount mount : target.mounts()) {
            tx.update(
                    """
                    INSERT INTO target_mount (target_id, mount_id, host_id, volume_id, volume_node_id, kind, filesystem_id)
                    VALUES ($1, $2, $3, $4, $5, $6, $7)""",
                    target.id(),
                    mount.id(),
                    mount.hostId(),
                    target.volumeId(),
                    mount.volumeNodeId(),
                    target.kind().name(),
                    target.filesystemId());
        }
    }
}
