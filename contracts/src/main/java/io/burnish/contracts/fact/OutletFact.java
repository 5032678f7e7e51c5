package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/**
 * An outlet of a power distribution unit, or the BMC of one server.
 *
 * @param label identifier of the outlet, or address of the BMC
 * @param hostId server that it feeds; {@code null}: none
 * @param monitored false: a BMC that did not answer the last time that it was asked (there is an active alert); an outlet of a unit is
 *     asked through its unit and is always true
 */
public record OutletFact(long id, long version, String label, Long hostId, boolean monitored) implements Fact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.POWER_CONTROL_DEVICE_OUTLET, id);
    }
}
