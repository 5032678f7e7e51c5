package io.burnish.lifecycle.world;

import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A world in which some objects have other states: those that queued jobs will give them, or those reached so far while a plan is
 * simulated.
 */
public final class ImaginedWorld implements World {

    private final World base;
    private final Function<ObjectRef, Optional<String>> expectation;
    private final Map<ObjectRef, String> imagined = new HashMap<>();

    /** @param expectation state that queued work will give to an object; empty: the one it has */
    public ImaginedWorld(World base, Function<ObjectRef, Optional<String>> expectation) {
        this.base = base;
        this.expectation = expectation;
    }

    /** Imagines that an object has a state. */
    public void put(ObjectRef ref, String state) {
        imagined.put(ref, state);
    }

    @Override
    public Optional<StatefulFact> find(ObjectRef ref) {
        Optional<StatefulFact> real = base.find(ref);
        if (real.isEmpty()) {
            return real;
        }
        String state = imagined.get(ref);
        if (state == null) {
            state = expectation.apply(ref).orElse(null);
        }
        return state == null || state.equals(real.get().state())
                ? real
                : Optional.of(real.get().inState(state));
    }

    @Override
    public Collection<ObjectRef> known(ObjectType type) {
        return base.known(type);
    }

    @Override
    public List<ObjectRef> ofHost(ObjectType type, long hostId) {
        return base.ofHost(type, hostId);
    }

    @Override
    public List<ObjectRef> ofFilesystem(ObjectType type, long filesystemId) {
        return base.ofFilesystem(type, filesystemId);
    }

    @Override
    public List<ObjectRef> ofMgt(long mgtId) {
        return base.ofMgt(mgtId);
    }
}
