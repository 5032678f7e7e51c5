package io.burnish.filesystem.filesystem;

import io.burnish.contracts.fact.StatefulFact;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.confparam.ParameterHolder;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.confparam.ParameterKind;
import java.util.Map;
import java.util.Optional;

/** A file system whose parameters somebody wants to change. */
record FilesystemParameters(FilesystemStore filesystems, Filesystem filesystem) implements ParameterHolder {

    @Override
    public Optional<ParameterKind> kind() {
        return Optional.of(ParameterKind.FILESYSTEM);
    }

    @Override
    public boolean immutable() {
        return filesystem.immutableState();
    }

    @Override
    public Map<String, String> lock(Tx tx) {
        return filesystems
                .lock(tx, filesystem.id())
                .orElseThrow(ApiError::notFoundJson)
                .confParams();
    }

    @Override
    public StatefulFact store(Tx tx, Map<String, String> parameters) {
        return filesystems.changeParameters(tx, filesystem.id(), parameters).fact();
    }

    @Override
    public long mgt(Tx tx) {
        return filesystem.mgtId();
    }
}
