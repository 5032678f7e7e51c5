package io.burnish.target.target;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.confparam.ParameterHolder;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.confparam.ParameterKind;
import java.util.Map;
import java.util.Optional;

/** A target whose parameters somebody wants to change. */
record TargetParameters(TargetStore targets, Neighbours neighbours, Target target) implements ParameterHolder {

    @Override
    public Optional<ParameterKind> kind() {
        return ParameterKind.of(target.kind());
    }

    @Override
    public boolean immutable() {
        return target.immutableState();
    }

    @Override
    public Map<String, String> lock(Tx tx) {
        return targets.lock(tx, target.id()).orElseThrow(ApiError::notFoundJson).confParams();
    }

    @Override
    public StatefulFact store(Tx tx, Map<String, String> parameters) {
        return targets.changeParameters(tx, target.id(), parameters).fact();
    }

    @Override
    public long mgt(Tx tx) {
        return neighbours
                .find(tx, ObjectRef.filesystem(target.filesystemId()), FilesystemFact.class)
                .map(FilesystemFact::mgtId)
                .orElseThrow(ApiError::notFoundJson);
    }
}
