package io.burnish.filesystem.copytool;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.clientmount.ClientMount;
import io.burnish.filesystem.clientmount.ClientMountStore;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** With a server that was removed by force go its copytools and client mounts (orchestration 4.1; API contract, storage 29.6). */
@ApplicationScoped
class RemovedWorkers implements NeighbourListener {

    private final CopytoolStore copytools;
    private final ClientMountStore mounts;

    RemovedWorkers(CopytoolStore copytools, ClientMountStore mounts) {
        this.copytools = copytools;
        this.mounts = mounts;
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        Long[] hosts = changed.stream()
                .filter(ref -> ref.type() == ObjectType.HOST)
                .map(ObjectRef::id)
                .toArray(Long[]::new);
        if (hosts.length == 0) {
            return;
        }
        String gone = " IN (SELECT id FROM neighbour WHERE type = 'host' AND gone AND id = ANY($1)) AND ";
        for (Copytool copytool : copytools.where(
                tx, "c.host_id" + gone + "c.not_deleted ORDER BY c.id FOR UPDATE OF c", (Object) hosts)) {
            copytools.endRun(tx, copytool.id(), "The worker was removed");
            copytools.changeState(tx, copytool.id(), "removed", false);
        }
        for (ClientMount mount :
                mounts.where(tx, "host_id" + gone + "not_deleted ORDER BY id FOR UPDATE", (Object) hosts)) {
            mounts.changeState(tx, mount.id(), "removed", false);
        }
    }
}
