package io.burnish.filesystem.filesystem;

import io.burnish.contracts.fact.FilesystemFact;
import java.util.Map;

/**
 * A file system.
 *
 * @param mgtId {@code null} only while it is being created
 * @param confParams configuration parameters that are set, name to value
 */
public record Filesystem(
        long id,
        long version,
        String name,
        Long mgtId,
        String state,
        boolean immutableState,
        boolean visible,
        Map<String, String> confParams) {

    /** The snapshot for other services. */
    public FilesystemFact fact() {
        return new FilesystemFact(id, version, state, immutableState, name, mgtId, confParams);
    }
}
