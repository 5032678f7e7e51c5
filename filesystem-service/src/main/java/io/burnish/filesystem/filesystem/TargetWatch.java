package io.burnish.filesystem.filesystem;

import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.filesystem.FilesystemState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file system's state follows its targets' (orchestration 10.5), unless a job is about to change it: what was seen while it was
 * locked is looked at again when it is unlocked.
 */
@ApplicationScoped
class TargetWatch implements NeighbourListener {

    private final Neighbours neighbours;
    private final FilesystemStore filesystems;

    TargetWatch(Neighbours neighbours, FilesystemStore filesystems) {
        this.neighbours = neighbours;
        this.filesystems = filesystems;
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        Set<Long> concerned = new TreeSet<>();
        for (ObjectRef ref : changed) {
            if (ref.type() == ObjectType.TARGET) {
                concerned.addAll(filesystemsOf(tx, ref.id()));
            }
        }
        concerned.forEach(id -> follow(tx, id));
    }

    @Override
    public void unlocked(Tx tx, Set<ObjectRef> objects) {
        objects.stream().filter(ref -> ref.type() == ObjectType.FILESYSTEM).forEach(ref -> follow(tx, ref.id()));
    }

    private List<Long> filesystemsOf(Tx tx, long target) {
        return filesystems.where(tx, """
                        not_deleted AND visible AND (mgt_id = $1 OR id =
                            (SELECT (fact ->> 'filesystemId')::bigint FROM neighbour WHERE ref = 'target:' || $1))""", target).stream().map(Filesystem::id).toList();
    }

    private void follow(Tx tx, long id) {
        Optional<Filesystem> found = filesystems.lock(tx, id).filter(Filesystem::visible);
        if (found.isEmpty() || locked(tx, id)) {
            return;
        }
        Filesystem filesystem = found.get();
        List<TargetFact> targets = neighbours.all(tx, ObjectType.TARGET, TargetFact.class).stream()
                .filter(target -> target.id() == filesystem.mgtId()
                        || target.filesystemId() != null && target.filesystemId() == id)
                .toList();
        FilesystemState.derive(filesystem.fact(), targets)
                .ifPresent(state -> filesystems.changeState(tx, id, state, true));
    }

    private static boolean locked(Tx tx, long id) {
        return tx.first("""
                        SELECT 1 FROM neighbour_lock WHERE ref = $1
                            AND (cardinality(write_jobs) > 0 OR cardinality(read_jobs) > 0)""", "filesystem:" + id).isPresent();
    }
}
