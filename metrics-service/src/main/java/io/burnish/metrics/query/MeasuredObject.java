package io.burnish.metrics.query;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object that a metric URL is about. */
public sealed interface MeasuredObject {

    /** The id that is the key of a list's answer. */
    long id();

    /** The value of the attribute by which the request groups; empty if the object lacks it. */
    Optional<String> group();

    /** The objects whose series are needed. */
    List<ObjectRef> measured();

    /** A server or a target: it has series of its own. */
    record Single(ObjectRef ref, Optional<String> group) implements MeasuredObject {

        @Override
        public long id() {
            return ref.id();
        }

        @Override
        public List<ObjectRef> measured() {
            return List.of(ref);
        }
    }

    /** A file system: its figures are made of its MDTs' and OSTs'. */
    record Filesystem(long id, Map<ObjectRef, TargetKind> targets, Optional<String> group) implements MeasuredObject {

        @Override
        public List<ObjectRef> measured() {
            return List.copyOf(targets.keySet());
        }
    }
}
