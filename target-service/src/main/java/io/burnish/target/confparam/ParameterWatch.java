package io.burnish.target.confparam;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Records what file systems and targets want when they tell of it, and has it applied when that becomes possible. */
@ApplicationScoped
class ParameterWatch implements NeighbourListener {

    private final ParameterLedger ledger;
    private final Neighbours neighbours;
    private final ParameterPush push;

    ParameterWatch(ParameterLedger ledger, Neighbours neighbours, ParameterPush push) {
        this.ledger = ledger;
        this.neighbours = neighbours;
        this.push = push;
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        List<ObjectRef> targets =
                changed.stream().filter(ref -> ref.type() == ObjectType.TARGET).toList();
        List<ObjectRef> filesystems = changed.stream()
                .filter(ref -> ref.type() == ObjectType.FILESYSTEM)
                .toList();
        if (targets.isEmpty() && filesystems.isEmpty()) {
            return;
        }
        // a file system that is heard of for the first time may have targets that were heard of before
        neighbours.find(tx, filesystems, FilesystemFact.class).values().stream()
                .map(FilesystemFact::mgtId)
                .distinct()
                .sorted()
                .forEach(mgt -> ledger.record(tx, mgt));
        mgts(tx, targets).forEach((mgt, subjects) -> ledger.record(tx, mgt, subjects));
        tx.afterCommit(push::wake);
    }

    @Override
    public void unlocked(Tx tx, Set<ObjectRef> objects) {
        if (objects.stream().anyMatch(ref -> ref.type() == ObjectType.TARGET)) {
            tx.afterCommit(push::wake);
        }
    }

    /** Targets by the MGT of their file system; those that have and had no parameters are left out. */
    private static Map<Long, List<ObjectRef>> mgts(Tx tx, List<ObjectRef> targets) {
        Map<Long, List<ObjectRef>> found = new TreeMap<>();
        for (Row row :
                tx.query("""
                SELECT t.id, (n.fact ->> 'mgtId')::bigint FROM target t JOIN neighbour n ON n.ref = 'filesystem:' || t.filesystem_id
                WHERE t.id = ANY($1) AND NOT n.gone AND (t.conf_params <> '{}'
                    OR EXISTS (SELECT 1 FROM conf_param c WHERE c.subject = 'target:' || t.id AND c.newest))""", (Object) targets.stream().map(ObjectRef::id).toArray(Long[]::new))) {
            found.computeIfAbsent(row.getLong(1), mgt -> new ArrayList<>()).add(ObjectRef.target(row.getLong(0)));
        }
        return found;
    }
}
