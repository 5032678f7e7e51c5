package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/**
 * An account, as far as others must know it: who mail goes to.
 *
 * @param email empty if it has none; never to be written into a log
 * @param active false: may not log in, gets no mail
 */
public record UserFact(long id, long version, String username, String email, boolean active) implements Fact {

    /** Without the address. */
    @Override
    public String toString() {
        return "user " + id + " (" + username + ")";
    }

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.USER, id);
    }
}
