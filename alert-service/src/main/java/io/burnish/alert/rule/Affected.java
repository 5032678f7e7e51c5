package io.burnish.alert.rule;

import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/** What suffers from a problem besides its object; looked up only when an alert is really raised. */
public sealed interface Affected {

    /** Nothing else. */
    Affected NOTHING = new Objects(List.of());

    /** These objects. */
    record Objects(List<ObjectRef> refs) implements Affected {}

    /** The file systems of a target. */
    record FilesystemsOf(TargetFact target) implements Affected {}

    /** The targets that a server can run, and their file systems. */
    record TargetsOn(long hostId) implements Affected {}

    /** The targets on volumes, and their file systems. */
    record TargetsOnVolumes(List<Long> volumeIds) implements Affected {}

    /** One object. */
    static Affected object(ObjectRef ref) {
        return new Objects(List.of(ref));
    }

    /** A server. */
    static Affected host(long id) {
        return object(ObjectRef.host(id));
    }
}
