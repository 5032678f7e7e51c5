package io.burnish.lifecycle.dependency;

import io.burnish.lifecycle.world.World;
import java.util.List;
import java.util.stream.Stream;

/** What must hold before a job may start: a dependency, all of several requirements, or any of several (orchestration 2.3). */
public sealed interface Requirement {

    /** Nothing is required. */
    Requirement NONE = new All(List.of());

    /** Whether it holds. An empty choice holds. */
    boolean holds(World world);

    /** All dependencies in it. */
    Stream<Dependency> leaves();

    /** One dependency. */
    record One(Dependency dependency) implements Requirement {
        @Override
        public boolean holds(World world) {
            return dependency.holds(world);
        }

        @Override
        public Stream<Dependency> leaves() {
            return Stream.of(dependency);
        }
    }

    /** All of them. */
    record All(List<Requirement> parts) implements Requirement {
        @Override
        public boolean holds(World world) {
            return parts.stream().allMatch(part -> part.holds(world));
        }

        @Override
        public Stream<Dependency> leaves() {
            return parts.stream().flatMap(Requirement::leaves);
        }
    }

    /** At least one of them; the first is the one to aim for. */
    record Any(List<Requirement> choices) implements Requirement {
        @Override
        public boolean holds(World world) {
            return choices.isEmpty() || choices.stream().anyMatch(choice -> choice.holds(world));
        }

        @Override
        public Stream<Dependency> leaves() {
            return choices.stream().flatMap(Requirement::leaves);
        }
    }

    /** All of some dependencies. */
    static Requirement all(List<Dependency> dependencies) {
        return new All(dependencies.stream().<Requirement>map(One::new).toList());
    }

    /** All of some dependencies. */
    static Requirement all(Stream<Dependency> dependencies) {
        return all(dependencies.toList());
    }

    /** One dependency. */
    static Requirement on(Dependency dependency) {
        return new One(dependency);
    }

    /**
     * The dependencies to bring about so that this holds, as few as possible: of a choice that holds in part nothing more is wanted,
     * else its first one.
     */
    static Stream<Dependency> toBringAbout(Requirement requirement, World world) {
        return switch (requirement) {
            case One one -> one.holds(world) ? Stream.empty() : Stream.of(one.dependency());
            case All all -> all.parts().stream().flatMap(part -> toBringAbout(part, world));
            case Any any ->
                any.holds(world) ? Stream.empty() : toBringAbout(any.choices().getFirst(), world);
        };
    }
}
