package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.Map;

/**
 * A file system; its MDTs and OSTs are the targets that name it, its MGT is {@code mgtId}.
 *
 * @param confParams configuration parameters of the whole file system that are set, name to value
 */
public record FilesystemFact(
        long id,
        long version,
        String state,
        boolean immutableState,
        String label,
        long mgtId,
        Map<String, String> confParams)
        implements StatefulFact {

    /** Absent parameters are none. */
    public FilesystemFact {
        confParams = confParams == null ? Map.of() : Map.copyOf(confParams);
    }

    /** A file system without parameters. */
    public FilesystemFact(long id, long version, String state, boolean immutableState, String label, long mgtId) {
        this(id, version, state, immutableState, label, mgtId, Map.of());
    }

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.FILESYSTEM, id);
    }

    @Override
    public FilesystemFact inState(String newState) {
        return new FilesystemFact(id, version, newState, immutableState, label, mgtId, confParams);
    }
}
