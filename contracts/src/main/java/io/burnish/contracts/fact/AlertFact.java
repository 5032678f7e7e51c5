package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.time.Instant;

/**
 * A problem of an object that shows its own alerts: so far of storage resources only.
 *
 * @param itemLabel how the object was called when the alert began
 * @param end {@code null} as long as it is active, and for alerts that ended with their object
 */
public record AlertFact(
        long id,
        long version,
        ObjectType itemType,
        long itemId,
        String itemLabel,
        String message,
        boolean active,
        Instant begin,
        Instant end)
        implements Fact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.ALERT, id);
    }
}
