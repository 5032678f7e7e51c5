package io.burnish.lifecycle.plan;

import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.List;

/** A plan as readable text: one line per job, then why it is there. Numbers are places in the plan, from 1. */
final class PlanText {

    private PlanText() {}

    static String of(World world, PlanResult result) {
        return switch (result) {
            case PlanResult.Nothing nothing -> "nothing to do\n";
            case PlanResult.Refused refused ->
                "refused at %s: %s\n"
                        .formatted(refused.field(), refused.reason().sentence());
            case PlanResult.Accepted accepted -> plan(world, accepted.plan());
        };
    }

    private static String plan(World world, Plan plan) {
        StringBuilder text = new StringBuilder("message: " + Phase.firstLine(plan.message()) + "\n");
        if (!plan.joined().isEmpty()) {
            text.append("joins queued jobs ").append(plan.joined()).append('\n');
        }
        for (PlannedJob job : plan.jobs()) {
            List<String> waits = new ArrayList<>();
            job.after().forEach(index -> waits.add(Integer.toString(index + 1)));
            job.afterQueued().forEach(id -> waits.add("queued " + id));
            text.append("%2d %s %s%s waits [%s]\n     %s %s\n"
                    .formatted(
                            job.index() + 1,
                            job.type().name(),
                            name(world, job.subject()),
                            job.to() == null ? "" : " %s->%s".formatted(job.from(), job.to()),
                            String.join(" ", waits),
                            job.why().kind(),
                            job.why().sentence()));
        }
        return text.toString();
    }

    private static String name(World world, ObjectRef ref) {
        String label = world.find(ref).map(StatefulFact::label).orElse("");
        boolean configuration = label.endsWith("configuration") || label.isEmpty();
        return configuration ? ref.toString() : label;
    }
}
