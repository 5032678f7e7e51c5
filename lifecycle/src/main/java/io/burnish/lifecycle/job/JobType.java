package io.burnish.lifecycle.job;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.dependency.Requirement;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A class of jobs: what it is called, what it changes, what it needs, how it is offered (orchestration 4). A value, built once.
 *
 * @param name class name in the API
 * @param type type of the object it concerns; {@code null} if it concerns none in particular
 * @param from states of the object from which it starts; empty for jobs that are no transition
 * @param to state it gives to the object; {@code null} for jobs that are no transition
 * @param verb on the button; {@code null}: never offered
 * @param argument name of the argument that carries the object's id when the job is asked for by class; {@code null} for transitions
 * @param cancellable whether users may cancel it
 * @param confirm whether a dry run says that it needs confirmation
 * @param prompt text to confirm; may return {@code null}
 * @param description what it does, for this object
 * @param longDescription help text for this object
 * @param canRun whether it is offered for this object, besides its state
 * @param needs what must hold before it starts
 * @param locks what it locks besides the rule for all jobs (orchestration 7.2)
 * @param restores objects that get back the state they had before the jobs that it needs (orchestration 6.1)
 */
public record JobType(
        String name,
        ObjectType type,
        Set<String> from,
        String to,
        String verb,
        Group group,
        int order,
        String argument,
        boolean cancellable,
        boolean confirm,
        Function<JobCase, String> prompt,
        Function<JobCase, String> description,
        Function<JobCase, String> longDescription,
        Predicate<JobCase> canRun,
        Function<JobCase, Requirement> needs,
        Function<JobCase, List<LockWish>> locks,
        Function<JobCase, List<ObjectRef>> restores) {

    /**
     * A lock that a job wants.
     *
     * @param begin state that the object has when the lock is taken; {@code null}: any
     * @param end state that it has when the lock is released; {@code null}: the job does not change it
     */
    public record LockWish(ObjectRef object, boolean write, String begin, String end) {}

    /** Whether it changes the state of its object. */
    public boolean transition() {
        return to != null;
    }

    /** Begins a transition of objects of a type. */
    public static Builder transition(String name, ObjectType type, Set<String> from, String to) {
        return new Builder(name, type, from, to, null);
    }

    /** Begins a job that is no transition. */
    public static Builder action(String name, ObjectType type, String argument) {
        return new Builder(name, type, Set.of(), null, argument);
    }

    /** Builds a job type; what is not said has the defaults of orchestration 1. */
    public static final class Builder {
        private final String name;
        private final ObjectType type;
        private final Set<String> from;
        private final String to;
        private final String argument;
        private String verb;
        private Group group = Group.DEFAULT;
        private int order = 1000;
        private boolean cancellable = true;
        private boolean confirm;
        private Function<JobCase, String> prompt = job -> null;
        private Function<JobCase, String> description;
        private Function<JobCase, String> longDescription;
        private Predicate<JobCase> canRun = job -> true;
        private Function<JobCase, Requirement> needs = job -> Requirement.NONE;
        private Function<JobCase, List<LockWish>> locks = job -> List.of();
        private Function<JobCase, List<ObjectRef>> restores = job -> List.of();

        private Builder(String name, ObjectType type, Set<String> from, String to, String argument) {
            this.name = name;
            this.type = type;
            this.from = from;
            this.to = to;
            this.argument = argument;
        }

        /** How it is offered. */
        public Builder offered(String newVerb, Group newGroup, int newOrder) {
            verb = newVerb;
            group = newGroup;
            order = newOrder;
            return this;
        }

        /** When it is offered. */
        public Builder when(Predicate<JobCase> condition) {
            canRun = condition;
            return this;
        }

        /** Users cannot cancel it. */
        public Builder notCancellable() {
            cancellable = false;
            return this;
        }

        /** A dry run says that it needs confirmation. */
        public Builder confirmed() {
            confirm = true;
            return this;
        }

        /** Text to confirm. */
        public Builder prompt(Function<JobCase, String> text) {
            prompt = text;
            return this;
        }

        /** Description with the object's label in the place of {@code %s}. */
        public Builder described(String format) {
            return described(job -> format.formatted(job.fact().label()));
        }

        /** Description. */
        public Builder described(Function<JobCase, String> text) {
            description = text;
            return this;
        }

        /** Help text. */
        public Builder explained(String text) {
            return explained(job -> text);
        }

        /** Help text. */
        public Builder explained(Function<JobCase, String> text) {
            longDescription = text;
            return this;
        }

        /** What it needs. */
        public Builder needs(Function<JobCase, Requirement> requirement) {
            needs = requirement;
            return this;
        }

        /** What it locks besides. */
        public Builder locking(Function<JobCase, List<LockWish>> wishes) {
            locks = wishes;
            return this;
        }

        /** What gets its state back afterwards. */
        public Builder restoring(Function<JobCase, List<ObjectRef>> objects) {
            restores = objects;
            return this;
        }

        /** The finished type. */
        public JobType build() {
            return new JobType(
                    name,
                    type,
                    from,
                    to,
                    verb,
                    group,
                    order,
                    argument,
                    cancellable,
                    confirm,
                    prompt,
                    description,
                    longDescription == null ? description : longDescription,
                    canRun,
                    needs,
                    locks,
                    restores);
        }
    }
}
