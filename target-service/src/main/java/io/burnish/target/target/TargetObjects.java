package io.burnish.target.target;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.execution.OwnedObjects;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Targets as jobs see them. */
@ApplicationScoped
class TargetObjects implements OwnedObjects {

    private final TargetStore targets;

    TargetObjects(TargetStore targets) {
        this.targets = targets;
    }

    /** A job proves that the command exists: the target is visible from its first job on, whoever died in between (ADR 5). */
    @Override
    public Optional<String> lockState(Tx tx, ObjectRef ref) {
        Optional<Target> target = targets.lock(tx, ref.id());
        target.filter(found -> !found.visible()).ifPresent(found -> targets.show(tx, found.id()));
        return target.map(Target::state);
    }

    @Override
    public void changeState(Tx tx, ObjectRef ref, String state) {
        targets.changeState(tx, ref.id(), state);
    }
}
