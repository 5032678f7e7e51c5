package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/**
 * A power distribution unit.
 *
 * @param label how it is called in sentences
 * @param monitored false: it did not answer the last time that it was asked (there is an active alert)
 */
public record PowerDeviceFact(long id, long version, String label, boolean monitored) implements Fact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.POWER_CONTROL_DEVICE, id);
    }
}
