package io.burnish.lifecycle.explain;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.dependency.StaticDependencies;
import io.burnish.lifecycle.explain.Explanation.Finding;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.state.Machines;
import io.burnish.lifecycle.state.StateMachine;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Answers "why is it not in state X" from the same rules that planning uses: what the next job of the way needs, and what the object
 * needs in the state itself. Each unmet condition is explained in turn; a condition that appears twice is explained once.
 */
public final class Explainer {

    private final World world;
    private final Locks locks;
    private final Set<Asked> explained = new HashSet<>();

    private record Asked(ObjectRef object, String wanted) {}

    private Explainer(World world, Locks locks) {
        this.world = world;
        this.locks = locks;
    }

    /** Explains one object. A pure function. */
    public static Explanation explain(World world, Locks locks, ObjectRef object, String wanted) {
        return new Explainer(world, locks).explain(object, wanted);
    }

    /** The state in which an object of that kind is of use; what is asked about if nothing else is said. */
    public static String useful(StatefulFact fact) {
        return switch (fact) {
            case HostFact host -> host.profile().initialState();
            case LnetFact lnet -> "lnet_up";
            case CorosyncFact corosync -> "started";
            case PacemakerFact pacemaker -> "started";
            case NtpFact ntp -> "configured";
            case TargetFact target -> "mounted";
            case FilesystemFact filesystem -> "available";
            case ClientMountFact mount -> "mounted";
            case CopytoolFact copytool -> "started";
        };
    }

    private Explanation explain(ObjectRef object, String wanted) {
        explained.add(new Asked(object, wanted));
        Optional<StatefulFact> present = world.find(object).filter(fact -> !fact.gone());
        return present.map(fact -> present(fact, wanted))
                .orElseGet(() -> new Explanation(
                        object,
                        name(object),
                        null,
                        wanted,
                        Finding.GONE,
                        null,
                        "There is no %s with id %d, or it was removed."
                                .formatted(object.type().display(), object.id()),
                        List.of()));
    }

    private Explanation present(StatefulFact fact, String wanted) {
        String name = world.name(fact);
        if (fact.state().equals(wanted)) {
            return leaf(fact, wanted, Finding.HOLDS, null, "%s is %s.".formatted(capital(name), wanted));
        }
        Optional<Lock> change = locks.newestChange(fact.ref());
        if (change.isPresent()) {
            return queued(fact, wanted, change.get());
        }
        Optional<List<StateMachine.Hop>> route = Machines.of(fact).route(fact.state(), wanted);
        if (route.isEmpty()) {
            return leaf(
                    fact,
                    wanted,
                    Finding.NO_WAY,
                    null,
                    "%s is %s, and no job leads from there to %s.".formatted(capital(name), fact.state(), wanted));
        }
        List<Dependency> unmet = unmet(fact, wanted, route.get());
        return unmet.isEmpty() ? free(fact, wanted) : blocked(fact, wanted, unmet);
    }

    private Explanation queued(StatefulFact fact, String wanted, Lock change) {
        boolean there = change.end().equals(wanted);
        return leaf(
                fact,
                wanted,
                there ? Finding.UNDER_WAY : Finding.GOES_ELSEWHERE,
                change.jobId(),
                "%s is %s; job %d, which has not ended, brings it to %s."
                        .formatted(capital(world.name(fact)), fact.state(), change.jobId(), change.end()));
    }

    private Explanation blocked(StatefulFact fact, String wanted, List<Dependency> unmet) {
        Dependency first = unmet.getFirst();
        List<Explanation> because = new ArrayList<>();
        for (Dependency dependency : unmet) {
            if (!explained.contains(new Asked(dependency.object(), dependency.preferred()))) {
                because.add(explain(dependency.object(), dependency.preferred()));
            }
        }
        return new Explanation(
                fact.ref(),
                world.name(fact),
                fact.state(),
                wanted,
                Finding.CONDITIONS_UNMET,
                null,
                "%s is %s: to be %s it needs %s in state %s%s."
                        .formatted(
                                capital(world.name(fact)),
                                fact.state(),
                                wanted,
                                name(first.object()),
                                first.words(),
                                unmet.size() == 1 ? "" : ", and %d more conditions".formatted(unmet.size() - 1)),
                because);
    }

    private String name(ObjectRef object) {
        return world.find(object).map(world::name).orElse(object.type().display() + " " + object.id());
    }

    private Explanation free(StatefulFact fact, String wanted) {
        String name = capital(world.name(fact));
        List<HostFact> servers = servers(fact).toList();
        if (!servers.isEmpty() && servers.stream().noneMatch(HostFact::inContact)) {
            return leaf(
                    fact,
                    wanted,
                    Finding.NO_CONTACT,
                    null,
                    "%s was %s when it was last seen; %s, where it could become %s, is not in contact. Check the server's power, its network and its agent."
                            .formatted(name, fact.state(), world.name(servers.getFirst()), wanted));
        }
        if (fact.immutableState()) {
            return leaf(
                    fact,
                    wanted,
                    Finding.WATCHED_ONLY,
                    null,
                    "%s is %s. It is only watched, not managed: whoever runs it has to bring it to %s."
                            .formatted(name, fact.state(), wanted));
        }
        return leaf(
                fact,
                wanted,
                Finding.NOT_ASKED_FOR,
                null,
                "%s is %s, and nothing stands in the way of %s: ask for it with PUT {\"state\": \"%s\"}."
                        .formatted(name, fact.state(), wanted, wanted));
    }

    /** What the first job of the way needs, and what the object needs in the state itself; each once. */
    private List<Dependency> unmet(StatefulFact fact, String wanted, List<StateMachine.Hop> route) {
        Stream<Dependency> ofTheJob =
                Requirement.toBringAbout(route.getFirst().job().needs().apply(JobCase.of(world, fact)), world);
        Stream<Dependency> ofTheState =
                StaticDependencies.of(world, fact, wanted).stream().filter(dependency -> !dependency.holds(world));
        Set<Asked> seen = new HashSet<>();
        return Stream.concat(ofTheJob, ofTheState)
                .filter(dependency -> seen.add(new Asked(dependency.object(), dependency.preferred())))
                .toList();
    }

    /** The servers of which one has to act for the object. */
    private Stream<HostFact> servers(StatefulFact fact) {
        Stream<Long> ids =
                switch (fact) {
                    case HostFact host -> Stream.of(host.id());
                    case LnetFact lnet -> Stream.of(lnet.hostId());
                    case CorosyncFact corosync -> Stream.of(corosync.hostId());
                    case PacemakerFact pacemaker -> Stream.of(pacemaker.hostId());
                    case NtpFact ntp -> Stream.of(ntp.hostId());
                    case TargetFact target -> target.mounts().stream().map(TargetFact.Mount::hostId);
                    case FilesystemFact filesystem -> Stream.empty();
                    case ClientMountFact mount -> Stream.of(mount.hostId());
                    case CopytoolFact copytool -> Stream.of(copytool.hostId());
                };
        return ids.flatMap(id -> world.host(id).stream());
    }

    private Explanation leaf(StatefulFact fact, String wanted, Finding finding, Long jobId, String sentence) {
        return new Explanation(fact.ref(), world.name(fact), fact.state(), wanted, finding, jobId, sentence, List.of());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
