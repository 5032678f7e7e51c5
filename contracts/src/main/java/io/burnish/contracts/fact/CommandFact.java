package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.time.Instant;

/** A user-visible operation; alerts and the push stream follow it. */
public record CommandFact(
        long id, long version, String message, boolean complete, boolean errored, boolean cancelled, Instant createdAt)
        implements Fact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.COMMAND, id);
    }
}
