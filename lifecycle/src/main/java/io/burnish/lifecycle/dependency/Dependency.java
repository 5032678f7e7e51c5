package io.burnish.lifecycle.dependency;

import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.world.World;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An object must be in one of some states (orchestration 2.3).
 *
 * @param preferred the state to bring it to if it is not
 * @param acceptable which states will do
 * @param words the acceptable states in a sentence, for example {@code started} or {@code anything but mounted}
 * @param fix for static dependencies: the state that the depending object moves to when the dependency is about to be violated by the
 *     given new state; {@code null}: none
 */
public record Dependency(
        ObjectRef object, String preferred, Predicate<String> acceptable, String words, UnaryOperator<String> fix) {

    /** The object must be in that state. */
    public static Dependency on(ObjectRef object, String state) {
        return new Dependency(object, state, state::equals, state, null);
    }

    /** The object may be in any state but those. */
    public static Dependency not(ObjectRef object, Set<String> unacceptable, String preferred) {
        return new Dependency(
                object,
                preferred,
                state -> !unacceptable.contains(state),
                "anything but " + String.join(" and ", new TreeSet<>(unacceptable)),
                null);
    }

    /** The same with a state to move to when it is about to be violated. */
    public Dependency orElse(String fixState) {
        return new Dependency(object, preferred, acceptable, words, violating -> fixState);
    }

    /** The same, moving to the very state that violates it. */
    public Dependency orFollow() {
        return new Dependency(object, preferred, acceptable, words, UnaryOperator.identity());
    }

    /** Whether it holds; an object that does not exist satisfies only what accepts {@code removed}. */
    public boolean holds(World world) {
        Optional<StatefulFact> fact = world.find(object);
        return acceptable.test(fact.map(StatefulFact::state).orElse("removed"));
    }
}
