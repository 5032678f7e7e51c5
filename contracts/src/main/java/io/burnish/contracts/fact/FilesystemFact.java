package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/** A file system; its MDTs and OSTs are the targets that name it, its MGT is {@code mgtId}. */
public record FilesystemFact(long id, long version, String state, boolean immutableState, String label, long mgtId)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.FILESYSTEM, id);
    }

    @Override
    public FilesystemFact inState(String newState) {
        return new FilesystemFact(id, version, newState, immutableState, label, mgtId);
    }
}
