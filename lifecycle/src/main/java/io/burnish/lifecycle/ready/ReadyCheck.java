package io.burnish.lifecycle.ready;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Dependents;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.dependency.StaticDependencies;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.world.World;
import java.util.Optional;

/**
 * The check before a job starts (orchestration 8.3): its object is in the state from which it starts, what it needs holds, what the
 * object needs in its new state holds, and nobody depends on the old one. This is also how a failure stops what rests on it: the
 * successors find a condition unmet, and say which.
 */
public final class ReadyCheck {

    private ReadyCheck() {}

    /**
     * Checks a job.
     *
     * @param from state from which it starts; {@code null} for jobs that are no transition
     * @param to state that it gives; {@code null} for jobs that are no transition
     */
    public static Verdict check(
            World world, JobType type, ObjectRef subject, String from, String to, ObjectNode args, String description) {
        Optional<StatefulFact> fact = world.find(subject).filter(found -> !found.gone());
        if (fact.isEmpty() && (to != null || type.argument() != null)) {
            return to != null && Fact.GONE.contains(to) && world.find(subject).isPresent()
                    ? new Verdict.AlreadyDone()
                    : blocked(
                            Reason.Code.WRONG_STATE,
                            subject,
                            "'%s' cannot start: the %s with id %d does not exist any more."
                                    .formatted(description, subject.type().display(), subject.id()));
        }
        if (to != null) {
            if (fact.get().state().equals(to)) {
                return new Verdict.AlreadyDone();
            }
            if (!fact.get().state().equals(from)) {
                return blocked(
                        Reason.Code.WRONG_STATE,
                        subject,
                        "'%s' cannot start: it needs %s in state %s, but it is %s. Ask for the wanted state again."
                                .formatted(
                                        description,
                                        world.name(fact.get()),
                                        from,
                                        fact.get().state()));
            }
        }
        JobCase job = new JobCase(world, fact.orElse(null), args);
        Optional<Dependency> unmet = unmet(type.needs().apply(job), world);
        if (unmet.isPresent()) {
            return dependency(world, description, unmet.get());
        }
        return to == null ? new Verdict.Ready() : stateChange(world, fact.get(), to, description);
    }

    private static Verdict stateChange(World world, StatefulFact fact, String to, String description) {
        for (Dependency dependency : StaticDependencies.of(world, fact, to)) {
            if (!dependency.holds(world)) {
                return dependency(world, description, dependency);
            }
        }
        for (StatefulFact dependent : Dependents.of(world, fact)) {
            for (Dependency dependency : StaticDependencies.of(world, dependent, dependent.state())) {
                if (dependency.object().equals(fact.ref())
                        && !dependency.acceptable().test(to)) {
                    return blocked(
                            Reason.Code.DEPENDENT_REMAINS,
                            dependent.ref(),
                            "'%s' cannot start: %s is still %s and needs %s in state %s."
                                    .formatted(
                                            description,
                                            world.name(dependent),
                                            dependent.state(),
                                            world.name(fact),
                                            dependency.words()));
                }
            }
        }
        return new Verdict.Ready();
    }

    /** The first dependency that does not hold; of a choice, the first of its first alternative. */
    private static Optional<Dependency> unmet(Requirement requirement, World world) {
        return Requirement.toBringAbout(requirement, world).findFirst();
    }

    private static Verdict dependency(World world, String description, Dependency dependency) {
        ObjectRef object = dependency.object();
        String name = world.find(object).map(world::name).orElse(object.type().display() + " " + object.id());
        String state = world.find(object).map(StatefulFact::state).orElse("removed");
        return blocked(
                Reason.Code.DEPENDENCY_UNMET,
                object,
                "'%s' cannot start: it needs %s in state %s, but it is %s."
                        .formatted(description, name, dependency.words(), state));
    }

    private static Verdict blocked(Reason.Code code, ObjectRef object, String sentence) {
        return new Verdict.Blocked(Reason.of(code, object, sentence));
    }
}
