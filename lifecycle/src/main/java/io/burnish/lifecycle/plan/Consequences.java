package io.burnish.lifecycle.plan;

import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a state change would do (orchestration 6.5, 9.6), from the states that objects have now. */
public sealed interface Consequences {

    /** These jobs would run. */
    record Report(DryRun.Report report) implements Consequences {}

    /** It would be refused. */
    record Refused(PlanResult.Refused refusal) implements Consequences {}

    /** The consequences of a wish. */
    static Consequences of(World world, DryRun question) {
        PlanResult result = Planner.consequences(world, new CommandRequest.Want(question.object(), question.state()));
        return switch (result) {
            case PlanResult.Refused refused -> new Refused(refused);
            case PlanResult.Nothing nothing -> new Report(new DryRun.Report(null, List.of()));
            case PlanResult.Accepted accepted -> new Report(report(world, question.object(), accepted.plan()));
        };
    }

    private static DryRun.Report report(World world, ObjectRef object, Plan plan) {
        PlannedJob last = plan.jobs().reversed().stream()
                .filter(job -> job.subject().equals(object))
                .findFirst()
                .orElseThrow();
        List<DryRun.Job> others = new ArrayList<>();
        for (PlannedJob job : plan.jobs()) {
            if (job != last) {
                others.add(job(world, job));
            }
        }
        return new DryRun.Report(job(world, last), others);
    }

    private static DryRun.Job job(World world, PlannedJob job) {
        Optional<StatefulFact> fact = world.find(job.subject());
        String prompt = fact.map(found -> job.type().prompt().apply(JobCase.of(world, found.inState(job.from()))))
                .orElse(null);
        return new DryRun.Job(
                job.type().name(),
                job.description(),
                job.type().confirm(),
                prompt,
                job.subject().id(),
                fact.map(Consequences::contentType).orElse(job.subject().type().contentTypeId()));
    }

    /** The class number that clients see on the object. */
    static int contentType(StatefulFact fact) {
        return fact instanceof TargetFact target
                ? target.kind().contentTypeId()
                : fact.ref().type().contentTypeId();
    }
}
