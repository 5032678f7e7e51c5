package io.burnish.lifecycle.plan;

import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.ready.ReadyCheck;
import io.burnish.lifecycle.ready.Verdict;
import io.burnish.lifecycle.world.ImaginedWorld;
import java.util.List;
import java.util.Optional;

/** Runs a plan in thought, job by job, with the very check that each job will face when it starts. */
final class Simulation {

    private Simulation() {}

    /** @throws StateRefusal if a job could not start, naming it, the condition and the object, and what to do instead */
    static void run(ImaginedWorld world, List<PlannedJob> jobs) {
        for (PlannedJob job : jobs) {
            Verdict verdict = ReadyCheck.check(
                    world,
                    job.type(),
                    job.subject(),
                    job.from(),
                    job.to(),
                    job.args(),
                    Phase.firstLine(job.description()));
            if (verdict instanceof Verdict.Blocked blocked) {
                throw refusal(jobs, blocked.reason());
            }
            if (job.to() != null) {
                world.put(job.subject(), job.to());
            }
        }
    }

    private static StateRefusal refusal(List<PlannedJob> jobs, Reason reason) {
        Optional<PlannedJob> culprit = jobs.stream()
                .filter(job -> job.to() != null && job.subject().equals(reason.object()))
                .findFirst();
        String sentence = culprit.map(job ->
                        "%s This request itself changes that ('%s'), so it can never succeed as a whole; nothing was done. %s"
                                .formatted(reason.sentence(), Phase.firstLine(job.description()), suggestion(jobs)))
                .orElseGet(() -> reason.sentence() + " Nothing was done.");
        return new StateRefusal("state", new Reason(reason.code(), reason.object(), null, null, sentence));
    }

    private static String suggestion(List<PlannedJob> jobs) {
        boolean removesServer =
                jobs.stream().anyMatch(job -> job.subject().type() == ObjectType.HOST && "removed".equals(job.to()));
        List<ObjectRef> filesystems = jobs.stream()
                .filter(job -> job.subject().type() == ObjectType.FILESYSTEM)
                .map(PlannedJob::subject)
                .distinct()
                .toList();
        return removesServer && !filesystems.isEmpty()
                ? "Remove the file system first, then its management target, then the servers."
                : "Ask for one thing after the other.";
    }
}
