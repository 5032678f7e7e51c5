package io.burnish.lifecycle.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobCatalogue;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.offer.AvailableStates;
import io.burnish.lifecycle.state.Machines;
import io.burnish.lifecycle.world.ImaginedWorld;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * From what is wanted to an ordered set of jobs. A pure function of the world, the locks and the request: no clock, no chance, no memory
 * between calls.
 *
 * <p>Planning assumes that everything queued will succeed (orchestration 6.2). Wishes are planned one after another, each seeing what those
 * before it lead to. A plan is simulated from its first to its last job before it is accepted: one in which a job could not start, or
 * in which something would be left in a state that its dependents cannot live with, is refused with the first condition that fails.
 */
public final class Planner {

    /** Jobs of the plan are told apart from queued ones by ids that no queued job has. */
    private static final long PLAN_IDS = Long.MAX_VALUE / 2;

    private final World world;
    private final Locks queued;
    private final ImaginedWorld expected;
    private final LockTable planned = new LockTable();
    private final List<PlannedJob> jobs = new ArrayList<>();
    private final SortedSet<Long> joined = new TreeSet<>();
    private String message;

    private Planner(World world, Locks queued) {
        this.world = world;
        this.queued = queued;
        this.expected = new ImaginedWorld(world, queued::expected);
    }

    /** Plans a request. */
    public static PlanResult plan(World world, Locks queued, PlanRequest request) {
        Planner planner = new Planner(world, queued);
        try {
            return planner.plan(request, true);
        } catch (StateRefusal e) {
            return e.result();
        }
    }

    /**
     * Plans that one object reaches one state, from the states that objects have now and without asking whether users may want that
     * (orchestration 6.5).
     */
    static PlanResult consequences(World world, CommandRequest.Want want) {
        Planner planner = new Planner(world, Locks.NONE);
        try {
            return planner.plan(PlanRequest.states(want), false);
        } catch (StateRefusal e) {
            return e.result();
        }
    }

    private PlanResult plan(PlanRequest request, boolean onlyAvailable) {
        message = request.message();
        request.jobs().forEach(this::run);
        request.wants().forEach(want -> reach(want, onlyAvailable));
        if (jobs.isEmpty() && joined.isEmpty()) {
            return new PlanResult.Nothing();
        }
        Simulation.run(new ImaginedWorld(world, queued::expected), jobs);
        return new PlanResult.Accepted(new Plan(List.copyOf(jobs), joined, message == null ? "" : message));
    }

    private void reach(CommandRequest.Want want, boolean onlyAvailable) {
        StatefulFact now =
                world.find(want.object()).filter(fact -> !fact.gone()).orElseThrow(() -> missing(want.object()));
        if (onlyAvailable) {
            AvailableStates.require(world, now, want.state());
        } else {
            AvailableStates.requireLegal(now, want.state());
        }
        String expectedState = expected.find(want.object()).orElseThrow().state();
        if (want.state().equals(expectedState)) {
            if (!now.state().equals(want.state())) {
                queued.newestChange(want.object())
                        .filter(lock -> lock.end().equals(want.state()))
                        .ifPresent(this::join);
            }
            return;
        }
        Phase phase = new Phase(expected);
        Node last = phase.reach(
                want.object(),
                want.state(),
                new Why(Why.Kind.REQUESTED, want.object(), "%s was asked for.".formatted(want.state())));
        PlannedJob job = add(phase).get(last);
        if (message == null) {
            message = job.description();
        }
    }

    private void join(Lock lock) {
        joined.add(lock.jobId());
        if (message == null) {
            StatefulFact fact = world.find(lock.object()).orElseThrow();
            message = Machines.of(fact)
                    .route(fact.state(), lock.end())
                    .filter(route -> !route.isEmpty())
                    .map(route -> route.getLast().job().description().apply(JobCase.of(world, fact)))
                    .orElse("");
        }
    }

    private void run(CommandRequest.JobWant want) {
        RequestedJob requested = RequestedJob.of(expected, want);
        if (requested.type().transition()) {
            reach(new CommandRequest.Want(requested.subject(), requested.type().to()), true);
            return;
        }
        JobCase job = new JobCase(expected, requested.fact(), want.args());
        List<ObjectRef> restored = requested.type().restores().apply(job);
        Map<ObjectRef, String> before = new HashMap<>();
        restored.forEach(object -> expected.find(object).ifPresent(fact -> before.put(object, fact.state())));
        Phase phase = new Phase(expected);
        Node last = phase.run(
                requested.type(),
                requested.subject(),
                want.args(),
                new Why(Why.Kind.REQUESTED, requested.subject(), "It was asked for."));
        PlannedJob added = add(phase).get(last);
        if (message == null) {
            message = added.description();
        }
        restored.forEach(object -> restore(object, before.get(object)));
    }

    private void restore(ObjectRef object, String state) {
        Optional<StatefulFact> fact = expected.find(object);
        if (state != null && fact.isPresent() && !fact.get().state().equals(state)) {
            Phase phase = new Phase(expected);
            phase.reach(object, state, new Why(Why.Kind.RESTORES, object, "It was %s before.".formatted(state)));
            add(phase);
        }
    }

    /** Gives a phase's jobs their place, locks and predecessors. */
    private Map<Node, PlannedJob> add(Phase phase) {
        Map<Node, PlannedJob> added = new HashMap<>();
        for (Node node : phase.ordered()) {
            PlannedJob job = planned(node, added);
            job.locks()
                    .forEach(wish -> planned.add(
                            new Lock(PLAN_IDS + job.index(), wish.object(), wish.write(), wish.begin(), wish.end())));
            added.put(node, job);
            jobs.add(job);
        }
        // only now: within a phase everything is seen from where it began
        added.keySet().stream()
                .sorted(Node.ORDER)
                .filter(node -> node.to != null)
                .forEach(node -> expected.put(node.subject, node.to));
        return added;
    }

    private PlannedJob planned(Node node, Map<Node, PlannedJob> before) {
        JobCase job = node.in(expected);
        List<JobType.LockWish> locks = JobLocks.of(node, job);
        SortedSet<Integer> after = new TreeSet<>();
        SortedSet<Long> afterQueued = new TreeSet<>();
        node.needs.forEach(need -> after.add(before.get(need).index()));
        for (JobType.LockWish wish : locks) {
            predecessors(wish, after, afterQueued);
        }
        return new PlannedJob(
                jobs.size(),
                node.type,
                node.subject,
                node.from,
                node.to,
                node.args,
                node.type.description().apply(job),
                locks,
                after,
                afterQueued,
                node.why);
    }

    private void predecessors(JobType.LockWish wish, SortedSet<Integer> after, SortedSet<Long> afterQueued) {
        SortedSet<Long> inPlan = new TreeSet<>();
        planned.predecessors(wish.object(), wish.write(), inPlan);
        inPlan.forEach(id -> after.add((int) (id - PLAN_IDS)));
        if (planned.newestWriter(wish.object()).isEmpty()) {
            queued.predecessors(wish.object(), wish.write(), afterQueued);
        }
    }

    private static StateRefusal missing(ObjectRef object) {
        return new StateRefusal(
                "state",
                Reason.of(
                        Reason.Code.WRONG_STATE,
                        object,
                        "The %s with id %d does not exist."
                                .formatted(object.type().display(), object.id())));
    }

    /** A job asked for by class, resolved. */
    private record RequestedJob(JobType type, ObjectRef subject, StatefulFact fact) {

        static RequestedJob of(World world, CommandRequest.JobWant want) {
            JobType type = JobCatalogue.find(want.className())
                    .orElseThrow(() -> refused("Invalid class_name '%s'".formatted(want.className())));
            String argument =
                    type.argument() != null ? type.argument() : type.type().resource() + "_id";
            if (!type.transition() && type.argument() == null) {
                return new RequestedJob(type, new ObjectRef(type.type(), 0), null);
            }
            ObjectRef subject = subject(type, argument, want.args());
            StatefulFact fact = world.find(subject)
                    .filter(found -> !found.gone())
                    .orElseThrow(() -> refused("%s: the %s with id %d does not exist"
                            .formatted(type.name(), subject.type().display(), subject.id())));
            return new RequestedJob(type, subject, fact);
        }

        private static ObjectRef subject(JobType type, String argument, ObjectNode args) {
            if (!args.path(argument).canConvertToLong()) {
                throw refused("%s needs the argument '%s'".formatted(type.name(), argument));
            }
            return new ObjectRef(type.type(), args.get(argument).asLong());
        }

        private static StateRefusal refused(String sentence) {
            return new StateRefusal("jobs", Reason.of(Reason.Code.WRONG_STATE, null, sentence));
        }
    }
}
