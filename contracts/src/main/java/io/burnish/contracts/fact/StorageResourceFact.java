package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.List;

/**
 * A piece of storage hardware, or of the software layers above it.
 *
 * @param className class within its plug-in, for example {@code ScsiDevice}
 * @param label alias
 * @param discovered found by a plug-in, not entered by a user
 * @param contactable false: its controller does not answer
 * @param conditions bad conditions that hold now
 * @param volumeIds volumes that rest on it
 */
public record StorageResourceFact(
        long id,
        long version,
        String className,
        String label,
        boolean discovered,
        boolean contactable,
        List<Condition> conditions,
        List<Long> volumeIds)
        implements Fact {

    /**
     * A bad condition of an attribute (monitoring 5).
     *
     * @param alertClass its identity within the resource's class, for example {@code _1_status_40}
     * @param severity 10 (debug) to 50 (critical)
     */
    public record Condition(String alertClass, String attribute, int severity, String message) {}

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.STORAGE_RESOURCE, id);
    }
}
