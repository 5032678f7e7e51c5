package io.burnish.filesystem.filesystem;

import io.burnish.contracts.fact.FilesystemFact;

/**
 * A file system.
 *
 * @param mgtId {@code null} only while it is being created
 */
public record Filesystem(
        long id, long version, String name, Long mgtId, String state, boolean immutableState, boolean visible) {

    /** The snapshot for other services. */
    public FilesystemFact fact() {
        return new FilesystemFact(id, version, state, immutableState, name, mgtId);
    }
}
