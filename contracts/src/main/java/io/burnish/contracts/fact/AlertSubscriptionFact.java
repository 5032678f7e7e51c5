package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/**
 * A user's wish to get mail about alerts of a class.
 *
 * @param alertTypeId number of the class
 */
public record AlertSubscriptionFact(long id, long version, long userId, int alertTypeId) implements Fact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.ALERT_SUBSCRIPTION, id);
    }
}
