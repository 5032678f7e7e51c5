package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.log.LogContext;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.burnish.kit.sql.Tx;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
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
        JobStart start = new JobStart(engine, tx, job);
        if (start.mustWait()) {
            return List.of();
        }
        List<Step> steps;
        try {
            if (start.alreadyDone()) {
                publish(run, new JobEvent.Started(run.jobId(), job.attempt(), Instant.now(), 0));
                return finish(run, new JobOutcome.Succeeded());
            }
            steps = start.steps();
        } catch (JobRefusal e) {
            return finish(run, new JobOutcome.Cancelled(e.reason()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            StepFailure defect = defect(run, job.description(), e);
            return finish(run, new JobOutcome.Failed(Reason.of(defect.code(), job.subject(), defect.getMessage())));
        }
        publish(run, new JobEvent.Started(run.jobId(), job.attempt(), Instant.now(), steps.size()));
        int done = start.doneBefore(steps);
        JobRun started = run.running(steps).atStep(done);
        if (done == steps.size()) {
            return succeed(started);
        }
        announceStep(started);
        return runSteps(started);
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
        Failpoint.BEFORE_STEP_RESULT.reach();
        tx.afterCommit(Failpoint.AFTER_STEP_RESULT::reach);
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
        Failpoint.BEFORE_STATE_COMMIT.reach();
        tx.afterCommit(Failpoint.AFTER_STATE_COMMIT::reach);
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
