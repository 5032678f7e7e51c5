package io.burnish.lifecycle.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Dependents;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.dependency.StaticDependencies;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.state.Machines;
import io.burnish.lifecycle.state.StateMachine;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a plan that one wish leads to (orchestration 6.3), from the expected states of all objects.
 *
 * <p>Each object has one way in a phase, from its expected state; a second wish for it must lie on that way or prolong it, else the
 * wishes contradict each other. What a hop needs is found by three rules: <b>A</b> what its job needs before it starts; <b>B</b> what
 * the object needs in its new state; <b>C</b> what must move because it needs the object as it was. Along a branch, an object that is
 * being moved is taken to be where it is going, which ends circles. Every hop is expanded once.
 */
final class Phase {

    private final World expected;
    private final Map<ObjectRef, Way> ways = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Phase(World expected) {
        this.expected = expected;
    }

    /** The hops of one object, in order. */
    private record Way(String start, List<Node> hops) {
        String end() {
            return hops.isEmpty() ? start : hops.getLast().to;
        }

        Optional<Node> reaching(String state) {
            return hops.stream().filter(hop -> hop.to.equals(state)).findFirst();
        }
    }

    /** Jobs in the order of creation. */
    List<Node> ordered() {
        return nodes.stream().sorted(Node.ORDER).toList();
    }

    /** Plans that an object reaches a state; returns the last job on its way. */
    Node reach(ObjectRef object, String state, Why why) {
        return reach(object, state, Map.of(), why);
    }

    /** Plans a job that is no transition, and what it needs. */
    Node run(JobType type, ObjectRef subject, ObjectNode args, Why why) {
        Node node = new Node(type, subject, null, null, args, why, nodes.size());
        nodes.add(node);
        bringAbout(node, Map.of());
        return node;
    }

    private Node reach(ObjectRef object, String state, Map<ObjectRef, String> branch, Why why) {
        StatefulFact fact = expected.find(object)
                .orElseThrow(() -> refusal(
                        object,
                        "The %s with id %d does not exist."
                                .formatted(object.type().display(), object.id())));
        Way way = ways.computeIfAbsent(object, o -> new Way(fact.state(), new ArrayList<>()));
        Optional<Node> known = way.reaching(state);
        if (known.isPresent()) {
            return known.get();
        }
        List<StateMachine.Hop> more = prolongation(fact, way, state);
        Map<ObjectRef, String> deeper = new HashMap<>(branch);
        deeper.put(object, state);
        List<Node> added = new ArrayList<>();
        for (StateMachine.Hop hop : more) {
            added.add(append(object, way, hop, hop == more.getLast() ? why : onTheWay(fact, state)));
        }
        added.forEach(node -> expand(node, deeper));
        return added.getLast();
    }

    /** The hops that are missing on an object's way to a state. */
    private List<StateMachine.Hop> prolongation(StatefulFact fact, Way way, String state) {
        StateMachine machine = Machines.of(fact);
        List<StateMachine.Hop> route = machine.route(way.start(), state)
                .orElseThrow(() -> refusal(
                        fact.ref(),
                        "%s->%s not legal state transition for %s"
                                .formatted(way.start(), state, Machines.className(fact))));
        int planned = way.hops().size();
        boolean prolongs = route.size() > planned;
        for (int i = 0; prolongs && i < planned; i++) {
            prolongs = route.get(i).to().equals(way.hops().get(i).to);
        }
        if (!prolongs) {
            throw refusal(
                    fact.ref(),
                    "This request needs %s in state %s and in state %s at the same time. Ask for one after the other."
                            .formatted(expected.name(fact), way.end(), state));
        }
        return route.subList(planned, route.size());
    }

    private Node append(ObjectRef object, Way way, StateMachine.Hop hop, Why why) {
        Node node = new Node(
                hop.job(), object, hop.from(), hop.to(), JsonNodeFactory.instance.objectNode(), why, nodes.size());
        if (!way.hops().isEmpty()) {
            node.needs.add(way.hops().getLast());
        }
        way.hops().add(node);
        nodes.add(node);
        return node;
    }

    private void expand(Node node, Map<ObjectRef, String> branch) {
        bringAbout(node, branch);
        StatefulFact fact = expected.find(node.subject).orElseThrow();
        for (Dependency dependency : StaticDependencies.of(expected, fact, node.to)) {
            if (!branch.containsKey(dependency.object()) && !dependency.holds(expected)) {
                node.needs.add(reach(
                        dependency.object(),
                        dependency.preferred(),
                        branch,
                        why(Why.Kind.NEEDED_BY_STATE, node, "needed by %s in state %s", expected.name(fact), node.to)));
            }
        }
        for (StatefulFact dependent : Dependents.of(expected, fact)) {
            if (!branch.containsKey(dependent.ref())) {
                follow(node, fact, dependent, branch);
            }
        }
    }

    /** Rule A. */
    private void bringAbout(Node node, Map<ObjectRef, String> branch) {
        JobCase job = node.in(expected);
        String description = node.type.description().apply(job);
        Requirement.toBringAbout(node.type.needs().apply(job), expected)
                .forEach(dependency -> node.needs.add(reach(
                        dependency.object(),
                        dependency.preferred(),
                        branch,
                        new Why(
                                Why.Kind.NEEDED_BY_JOB,
                                node.subject,
                                "'%s' needs it before it can start.".formatted(firstLine(description))))));
    }

    /** Rule C. */
    private void follow(Node node, StatefulFact fact, StatefulFact dependent, Map<ObjectRef, String> branch) {
        for (Dependency dependency : StaticDependencies.of(expected, dependent, dependent.state())) {
            if (dependency.object().equals(node.subject)
                    && !dependency.acceptable().test(node.to)) {
                if (dependency.fix() == null) {
                    throw refusal(
                            dependent.ref(),
                            "%s needs %s as it is.".formatted(expected.name(dependent), expected.name(fact)));
                }
                node.needs.add(reach(
                        dependent.ref(),
                        dependency.fix().apply(node.to),
                        branch,
                        why(
                                Why.Kind.FOLLOWS,
                                node,
                                "it cannot stay %s when %s becomes %s",
                                dependent.state(),
                                expected.name(fact),
                                node.to)));
            }
        }
    }

    private static Why why(Why.Kind kind, Node cause, String format, Object... args) {
        String sentence = format.formatted(args);
        return new Why(kind, cause.subject, Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".");
    }

    private Why onTheWay(StatefulFact fact, String state) {
        return new Why(
                Why.Kind.ON_THE_WAY, fact.ref(), "It is on the way of %s to %s.".formatted(expected.name(fact), state));
    }

    private static StateRefusal refusal(ObjectRef object, String sentence) {
        return new StateRefusal("state", Reason.of(Reason.Code.DEPENDENCY_UNMET, object, sentence));
    }

    static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
