package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.log.LogContext;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.burnish.kit.sql.Tx;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** One advance of one job within one transaction; see {@link JobEngine} for the guarantees. */
final class JobAdvance implements ReplayScript.Desk {

    private static final Logger LOG = Logger.getLogger(JobAdvance.class);

    private final JobEngine engine;
    private final Tx tx;
    private final JobRun found;
    /** Facts that the transaction had published before: they are other jobs' changes. */
    private final int factsBefore;

    JobAdvance(JobEngine engine, Tx tx, JobRun found) {
        this.engine = engine;
        this.tx = tx;
        this.found = found;
        this.factsBefore = tx.publishedFacts().size();
    }

    /** Does what can be done now; returns the jobs that the end of this one sets free. */
    List<Long> advance() {
        return switch (found.phase()) {
            case WAITING -> start(found);
            case RUNNING -> runSteps(found);
            case STOPPING -> stopWhenIdle(found);
            case FINISHED -> List.of();
        };
    }

    private List<Long> start(JobRun run) {
        Dispatch.RunJob job = run.dispatch();
        if (mustWait(job)) {
            return List.of();
        }
        Optional<String> state = concernsObject(job) ? engine.objects.lockState(tx, job.subject()) : Optional.empty();
        if (job.transition() && state.isPresent() && state.get().equals(job.toState())) {
            publish(run, new JobEvent.Started(run.jobId(), job.attempt(), Instant.now(), 0));
            return finish(run, new JobOutcome.Succeeded());
        }
        List<Step> steps;
        try {
            if (concernsObject(job)) {
                requireState(job, state);
            }
            steps = engine.definitions.of(job.jobClass()).steps(tx, job);
        } catch (JobRefusal e) {
            return finish(run, new JobOutcome.Cancelled(e.reason()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            StepFailure defect = defect(run, job.description(), e);
            return finish(run, new JobOutcome.Failed(Reason.of(defect.code(), job.subject(), defect.getMessage())));
        }
        publish(run, new JobEvent.Started(run.jobId(), job.attempt(), Instant.now(), steps.size()));
        int done = doneBefore(job, steps);
        JobRun started = run.running(steps).atStep(done);
        if (done == steps.size()) {
            return succeed(started);
        }
        announceStep(started);
        return runSteps(started);
    }

    /**
     * How many leading steps the job that this one resumes has done for good: the same steps with the same arguments, up to the last one
     * that lasts. What only looked after it looks again.
     */
    private int doneBefore(Dispatch.RunJob job, List<Step> steps) {
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

    /** Whether this service knows less of the other objects than the command service did when it dispatched the job. */
    private boolean mustWait(Dispatch.RunJob job) {
        if (engine.neighbours.missing(tx, job.seen()).isEmpty()) {
            return false;
        }
        WaitOrder.enter(tx);
        return !engine.neighbours.missing(tx, job.seen()).isEmpty();
    }

    /** A job such as the test of an address that is not a server yet concerns no object: its subject has id 0. */
    private static boolean concernsObject(Dispatch.RunJob job) {
        return job.subject().id() != 0;
    }

    private static void requireState(Dispatch.RunJob job, Optional<String> state) {
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

    private List<Long> runSteps(JobRun first) {
        JobRun run = first;
        while (true) {
            Map<String, StepCall> recorded = engine.calls.of(tx, run);
            ReplayScript script = new ReplayScript(run.jobId(), recorded, this);
            try {
                JsonNode result = run.step().run(script);
                script.effects().forEach(effect -> effect.accept(tx));
                finishStep(run, script, true, "", result);
            } catch (ReplayScript.Suspended e) {
                suspend(run, script);
                return List.of();
            } catch (StepFailure e) {
                return fail(run, script, e);
            } catch (RuntimeException e) {
                if (e instanceof DatabaseUnavailableException || e instanceof PgException) {
                    throw e;
                }
                return fail(run, script, defect(run, run.step().description(), e));
            }
            if (run.lastStep()) {
                return succeed(run);
            }
            run = run.atNextStep();
            announceStep(run);
        }
    }

    private static StepFailure defect(JobRun run, String what, RuntimeException cause) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(cause, "defect %s in job %d: %s", reference, run.jobId(), what);
        return new StepFailure(
                Reason.Code.INTERNAL_ERROR,
                "'%s' hit a defect of Burnish (reference %s in the log): %s"
                        .formatted(what, reference, cause.getMessage()),
                cause.toString());
    }

    /** Stores new questions and sends those that somebody else answers. */
    private void suspend(JobRun run, ReplayScript script) {
        OffsetDateTime due = null;
        for (StepCall call : script.asked()) {
            OffsetDateTime callDue = call.kind() == StepCall.Kind.SESSION && !call.answered()
                    ? OffsetDateTime.now().plus(call.timeout())
                    : null;
            engine.calls.add(tx, run, call, callDue);
            due = callDue == null ? due : callDue;
            if (call.kind() == StepCall.Kind.AGENT) {
                tx.publish(Outgoing.action(action(run, call)));
            } else if (call.kind() == StepCall.Kind.ACTIVITY) {
                tx.afterCommit(() -> engine.activities.get().wake());
            }
        }
        engine.runs.store(tx, run, due);
    }

    private ActionCommand.Run action(JobRun run, StepCall call) {
        Dispatch.RunJob job = run.dispatch();
        return new ActionCommand.Run(
                run.callPrefix() + call.call(),
                call.hostId(),
                engine.self,
                call.name(),
                call.request(),
                (int) call.timeout().toSeconds(),
                job.subject(),
                job.fencingToken(),
                new ActionCommand.JobStep(job.jobId(), job.attempt(), run.stepIndex(), run.stepTry(), run.commandId()));
    }

    private void announceStep(JobRun run) {
        Step step = run.step();
        publish(
                run,
                new JobEvent.StepStarted(
                        run.jobId(),
                        run.dispatch().attempt(),
                        Instant.now(),
                        run.stepIndex(),
                        run.stepTry(),
                        run.steps().size(),
                        step.stepClass(),
                        step.description(),
                        step.args()));
    }

    private void finishStep(JobRun run, ReplayScript script, boolean success, String backtrace, JsonNode result) {
        engine.calls.clear(tx, run.jobId());
        publish(
                run,
                new JobEvent.StepFinished(
                        run.jobId(),
                        run.dispatch().attempt(),
                        Instant.now(),
                        run.stepIndex(),
                        run.stepTry(),
                        success,
                        script.logText(),
                        script.console(),
                        backtrace,
                        result));
    }

    private List<Long> fail(JobRun run, ReplayScript script, StepFailure failure) {
        script.log(failure.getMessage());
        finishStep(run, script, false, failure.detail(), null);
        return finish(
                run,
                new JobOutcome.Failed(Reason.of(failure.code(), run.dispatch().subject(), failure.getMessage())));
    }

    private List<Long> succeed(JobRun run) {
        Dispatch.RunJob job = run.dispatch();
        engine.definitions.of(job.jobClass()).succeeded(tx, job);
        if (job.transition()) {
            engine.objects.changeState(tx, job.subject(), job.toState());
        }
        return finish(run, new JobOutcome.Succeeded());
    }

    /** Ends the job; returns the jobs that waited for its mutexes. */
    private List<Long> finish(JobRun run, JobOutcome outcome) {
        if (!(outcome instanceof JobOutcome.Succeeded)) {
            engine.definitions
                    .find(run.dispatch().jobClass())
                    .ifPresent(definition -> definition.ended(tx, run.dispatch()));
        }
        List<Long> freed = engine.calls.releaseMutexes(tx, run.jobId());
        engine.calls.clear(tx, run.jobId());
        engine.runs.finish(
                tx,
                run.jobId(),
                outcome.getClass().getSimpleName(),
                outcome instanceof JobOutcome.Succeeded
                        ? List.of()
                        : run.steps().subList(0, run.stepIndex()));
        publish(
                run,
                new JobEvent.Finished(
                        run.jobId(),
                        run.dispatch().attempt(),
                        Instant.now(),
                        outcome,
                        tx.publishedFacts()
                                .subList(factsBefore, tx.publishedFacts().size())));
        return freed;
    }

    private List<Long> stopWhenIdle(JobRun run) {
        boolean busy = engine.calls.of(tx, run).values().stream()
                .anyMatch(call -> !call.answered()
                        && (call.kind() == StepCall.Kind.AGENT || call.kind() == StepCall.Kind.ACTIVITY));
        if (busy) {
            return List.of();
        }
        if (!run.steps().isEmpty()) {
            ReplayScript script = new ReplayScript(run.jobId(), Map.of(), this);
            script.log(run.cancelReason().sentence());
            finishStep(run, script, false, "", null);
        }
        return finish(run, new JobOutcome.Cancelled(run.cancelReason()));
    }

    private void publish(JobRun run, JobEvent event) {
        tx.publish(Outgoing.event(event, run.commandId()));
        String line = JobLines.of(run.dispatch(), event);
        if (line != null) {
            tx.afterCommit(() -> LogContext.with(run.commandId(), run.jobId(), () -> LOG.info(line)));
        }
    }

    @Override
    public StepScript.Session session(long hostId, String notEpoch) {
        if (!engine.sessions.isResolvable()) {
            return null;
        }
        StepScript.Session present = presentSession(hostId, notEpoch);
        if (present != null) {
            return present;
        }
        WaitOrder.enter(tx);
        return presentSession(hostId, notEpoch);
    }

    private StepScript.Session presentSession(long hostId, String notEpoch) {
        return engine.sessions
                .get()
                .current(tx, hostId)
                .filter(session -> !session.agentEpoch().equals(notEpoch))
                .orElse(null);
    }

    @Override
    public boolean takeMutex(String name) {
        return engine.calls.takeMutex(tx, name, found.jobId());
    }

    @Override
    public Tx tx() {
        return tx;
    }
}
