package io.burnish.kit.execution;

import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.sql.Tx;
import java.util.List;
import java.util.Optional;

/** Whether a dispatched job can start at its owner, and with which steps. Within one transaction, which locks the job's object. */
final class JobStart {

    private final JobEngine engine;
    private final Tx tx;
    private final Dispatch.RunJob job;
    private Optional<String> state = Optional.empty();

    JobStart(JobEngine engine, Tx tx, Dispatch.RunJob job) {
        this.engine = engine;
        this.tx = tx;
        this.job = job;
    }

    /** Whether this service knows less of the other objects than the command service did when it dispatched the job. */
    boolean mustWait() {
        if (engine.neighbours.missing(tx, job.seen()).isEmpty()) {
            return false;
        }
        WaitOrder.enter(tx);
        return !engine.neighbours.missing(tx, job.seen()).isEmpty();
    }

    /** Locks the object; whether it already is in the state that the job would give it. */
    boolean alreadyDone() {
        if (concernsObject()) {
            state = engine.objects.lockState(tx, job.subject());
        }
        return job.transition() && state.isPresent() && state.get().equals(job.toState());
    }

    /**
     * The job's steps, determined now; to be asked after {@link #alreadyDone()}.
     *
     * @throws JobRefusal if it cannot start as things stand
     */
    List<Step> steps() {
        if (concernsObject()) {
            requireState();
        }
        return engine.definitions.of(job.jobClass()).steps(tx, job);
    }

    /**
     * How many leading steps the job that this one resumes has done for good: the same steps with the same arguments, up to the last one
     * that lasts. What only looked after it looks again.
     */
    int doneBefore(List<Step> steps) {
        List<Step> before = job.resumes() == null ? List.of() : engine.runs.done(tx, job.resumes());
        int done = 0;
        for (int i = 0; i < steps.size() && i < before.size(); i++) {
            if (!engine.runs.same(steps.get(i), before.get(i))) {
                break;
            }
            if (steps.get(i).lasting()) {
                done = i + 1;
            }
        }
        return done;
    }

    /** A job such as the test of an address that is not a server yet concerns no object: its subject has id 0. */
    private boolean concernsObject() {
        return job.subject().id() != 0;
    }

    private void requireState() {
        if (state.isEmpty()) {
            throw new JobRefusal(Reason.of(
                    Reason.Code.WRONG_STATE,
                    job.subject(),
                    "'%s' did not start: the %s with id %d does not exist any more."
                            .formatted(
                                    job.description(),
                                    job.subject().type().display(),
                                    job.subject().id())));
        }
        if (job.transition() && !state.get().equals(job.fromState())) {
            throw new JobRefusal(Reason.of(
                    Reason.Code.WRONG_STATE,
                    job.subject(),
                    "'%s' did not start: it needs the %s in state %s, but it is %s. Ask for the wanted state again."
                            .formatted(
                                    job.description(), job.subject().type().display(), job.fromState(), state.get())));
        }
    }
}
