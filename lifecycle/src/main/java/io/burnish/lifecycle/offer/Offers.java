package io.burnish.lifecycle.offer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobCatalogue;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.state.Machines;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is offered for an object: transitions whose last job has a verb and applies to the object, and jobs that are no transitions
 * (orchestration 2.5). Nothing while a job holds the object's write lock, for it is about to change.
 */
public final class Offers {

    /** Display orders rise with the groups; among equal ones the group decides (API contract, core 1.16, storage 28.2 and 29.10). */
    private static final Comparator<Offer> IN_ORDER =
            Comparator.comparingInt(Offer::displayGroup).thenComparingInt(Offer::displayOrder);

    private Offers() {}

    /** Transitions and jobs, by group and display order; transitions first among equals. */
    public static List<Offer> of(World world, Locks locks, ObjectRef object) {
        return Stream.concat(transitions(world, locks, object).stream(), jobs(world, locks, object).stream())
                .sorted(IN_ORDER)
                .toList();
    }

    /** Transitions, by group and display order, nearest state first among equals. */
    public static List<Offer> transitions(World world, Locks locks, ObjectRef object) {
        StatefulFact fact = idle(world, locks, object);
        if (fact == null) {
            return List.of();
        }
        List<Offer> offers = new ArrayList<>();
        for (String state : AvailableStates.of(world, fact)) {
            Machines.of(fact)
                    .route(fact.state(), state)
                    .map(route -> route.getLast().job())
                    .filter(job -> job.verb() != null && job.canRun().test(JobCase.of(world, fact)))
                    .filter(job -> !watchedLnet(world, fact))
                    .map(job -> offer(job, world, fact, state))
                    .ifPresent(offers::add);
        }
        offers.sort(IN_ORDER);
        return offers;
    }

    /** Jobs that are no transitions, by group and display order. */
    public static List<Offer> jobs(World world, Locks locks, ObjectRef object) {
        StatefulFact fact = idle(world, locks, object);
        if (fact == null) {
            return List.of();
        }
        return JobCatalogue.actionsOn(object.type()).stream()
                .filter(job -> job.canRun().test(JobCase.of(world, fact)))
                .map(job -> offer(job, world, fact, null))
                .sorted(IN_ORDER)
                .toList();
    }

    private static StatefulFact idle(World world, Locks locks, ObjectRef object) {
        return locks.writeLocked(object)
                ? null
                : world.find(object).filter(fact -> !fact.gone()).orElse(null);
    }

    private static boolean watchedLnet(World world, StatefulFact fact) {
        return fact instanceof LnetFact lnet
                && world.host(lnet.hostId())
                        .map(host -> !host.profile().managed())
                        .orElse(true);
    }

    private static Offer offer(JobType job, World world, StatefulFact fact, String state) {
        JobCase jobCase = JobCase.of(world, fact);
        return new Offer(
                job.verb(),
                job.longDescription().apply(jobCase),
                job.group().number(),
                job.order(),
                state,
                state == null ? job.name() : null,
                state == null ? JsonNodeFactory.instance.objectNode().put(job.argument(), fact.id()) : null,
                state == null ? job.prompt().apply(jobCase) : null);
    }
}
