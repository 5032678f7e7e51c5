package io.burnish.lifecycle.offer;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.Reason;
import io.burnish.lifecycle.plan.StateRefusal;
import io.burnish.lifecycle.state.Machines;
import io.burnish.lifecycle.state.StateMachine;
import io.burnish.lifecycle.world.World;
import java.util.List;
import java.util.Set;

/** Which states a user may ask for (orchestration 2.5 and the overrides of section 3). */
public final class AvailableStates {

    private AvailableStates() {}

    /** The states, nearest first; without the present one. */
    public static List<String> of(World world, StatefulFact fact) {
        return switch (fact) {
            case HostFact host -> host(host);
            case TargetFact target -> target(world, target);
            case FilesystemFact filesystem -> filesystem(world, filesystem);
            default -> fact.immutableState() ? List.of() : reachable(fact);
        };
    }

    /** @throws RuntimeException the planner's refusal, if the state is unknown, unreachable or not to be had */
    public static void require(World world, StatefulFact fact, String state) {
        requireLegal(fact, state);
        List<String> available = of(world, fact);
        if (!state.equals(fact.state()) && !available.contains(state)) {
            throw StateRefusal.of(
                    Reason.Code.WRONG_STATE,
                    fact.ref(),
                    "State '%s' is invalid for %s, must be one of %s"
                            .formatted(state, Machines.className(fact), quoted(available)));
        }
    }

    /** @throws RuntimeException the planner's refusal, if the type has no such state or no way leads to it */
    public static void requireLegal(StatefulFact fact, String state) {
        StateMachine machine = Machines.of(fact);
        if (!machine.states().contains(state)) {
            throw StateRefusal.of(
                    Reason.Code.WRONG_STATE,
                    fact.ref(),
                    "%s not legal state for %s, legal states are %s"
                            .formatted(state, Machines.className(fact), quoted(machine.states())));
        }
        if (!state.equals(fact.state()) && machine.route(fact.state(), state).isEmpty()) {
            throw StateRefusal.of(
                    Reason.Code.WRONG_STATE,
                    fact.ref(),
                    "%s->%s not legal state transition for %s"
                            .formatted(fact.state(), state, Machines.className(fact)));
        }
    }

    private static List<String> host(HostFact host) {
        return switch (host.state()) {
            case "undeployed" ->
                host.installMethod().equals("manual")
                        ? List.of()
                        : List.of(host.profile().initialState());
            case "unconfigured" -> List.of("removed", "packages_installed", "monitored", "managed", "working");
            case "packages_installed" -> List.of("removed", "monitored", "managed", "working");
            default -> host.immutableState() ? List.of("removed") : reachable(host);
        };
    }

    private static List<String> target(World world, TargetFact target) {
        boolean free = world.filesystemsOf(target.id()).isEmpty();
        return switch (target.kind()) {
            case OST -> target.immutableState() ? List.of() : without(reachable(target), Set.of("forgotten"));
            case MDT ->
                target.immutableState() ? List.of() : without(reachable(target), Set.of("removed", "forgotten"));
            case MGT ->
                target.immutableState()
                        ? free ? List.of("forgotten") : List.of()
                        : without(reachable(target), free ? Set.of("forgotten") : Set.of("removed", "forgotten"));
        };
    }

    /** {@code unavailable} comes from the targets and is never asked for. */
    private static List<String> filesystem(World world, FilesystemFact filesystem) {
        if (filesystem.immutableState()) {
            return List.of("forgotten");
        }
        boolean nothingToStop = filesystem.state().equals("unavailable")
                && world.membersOf(filesystem.id()).stream()
                        .noneMatch(target -> target.state().equals("mounted"));
        return without(
                reachable(filesystem),
                nothingToStop ? Set.of("forgotten", "unavailable", "stopped") : Set.of("forgotten", "unavailable"));
    }

    private static List<String> reachable(StatefulFact fact) {
        return Machines.of(fact).reachable(fact.state());
    }

    private static List<String> without(List<String> states, Set<String> excluded) {
        return states.stream().filter(state -> !excluded.contains(state)).toList();
    }

    private static String quoted(Iterable<String> states) {
        StringBuilder text = new StringBuilder("[");
        for (String state : states) {
            text.append(text.length() == 1 ? "'" : ", '").append(state).append('\'');
        }
        return text.append(']').toString();
    }
}
