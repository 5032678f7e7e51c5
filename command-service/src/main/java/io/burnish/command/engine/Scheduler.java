package io.burnish.command.engine;

import io.burnish.command.command.CommandStore;
import io.burnish.command.job.JobRow;
import io.burnish.command.job.JobStore;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.lifecycle.job.JobCatalogue;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.ready.ReadyCheck;
import io.burnish.lifecycle.ready.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Moves jobs: what has ended frees its successors; what waits for nothing is checked and dispatched, or ends with the reason why it
 * cannot start. A failure spreads in this way alone: a successor finds a condition unmet.
 */
@ApplicationScoped
public class Scheduler {

    private final JobStore jobs;
    private final CommandStore commands;

    Scheduler(JobStore jobs, CommandStore commands) {
        this.jobs = jobs;
        this.commands = commands;
    }

    /** Ends jobs, and with them whatever cannot go on; starts what can. */
    public void end(EngineTx engine, List<JobStore.End> ends) {
        List<JobStore.End> wave = ends;
        while (!wave.isEmpty()) {
            jobs.end(engine.tx(), wave);
            List<Long> ids = wave.stream().map(JobStore.End::jobId).toList();
            Failpoint.BEFORE_LOCK_RELEASE.reach();
            ids.forEach(engine::release);
            commands.jobsEnded(engine.tx(), wave);
            wave = start(engine, jobs.release(engine.tx(), ids));
        }
    }

    /** Starts jobs that wait for nothing; what cannot start ends, with all that follows. */
    public void startOrEnd(EngineTx engine, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            end(engine, start(engine, jobs.find(engine.tx(), ids)));
        }
    }

    /** Dispatches what is ready; returns the ends of what is not. */
    private List<JobStore.End> start(EngineTx engine, List<JobRow> candidates) {
        List<JobStore.End> ends = new ArrayList<>();
        List<JobRow> ready = new ArrayList<>();
        for (JobRow job : candidates) {
            switch (check(engine, job)) {
                case Verdict.Ready verdict -> ready.add(job);
                case Verdict.AlreadyDone verdict -> ends.add(JobStore.End.success(job.id()));
                case Verdict.Blocked blocked ->
                    ends.add(new JobStore.End(job.id(), false, true, explained(engine, job, blocked.reason())));
            }
        }
        dispatch(engine, ready);
        return ends;
    }

    private static Verdict check(EngineTx engine, JobRow job) {
        return ReadyCheck.check(
                engine.world(),
                JobCatalogue.of(job.className()),
                job.subject(),
                job.fromState(),
                job.toState(),
                job.args(),
                firstLine(job.description()));
    }

    /** Names the job that failed before, if one did: the reader wants the cause, not only the condition. */
    private Reason explained(EngineTx engine, JobRow job, Reason reason) {
        return jobs.failedPredecessor(engine.tx(), job.id())
                .map(failed -> new Reason(
                        Reason.Code.PREDECESSOR_FAILED,
                        reason.object(),
                        null,
                        failed.id(),
                        "%s The cause is job %d, '%s': %s"
                                .formatted(
                                        reason.sentence(),
                                        failed.id(),
                                        firstLine(failed.description()),
                                        failed.sentence())))
                .orElse(reason);
    }

    private void dispatch(EngineTx engine, List<JobRow> ready) {
        if (ready.isEmpty()) {
            return;
        }
        List<Long> ids = ready.stream().map(JobRow::id).toList();
        jobs.tasked(engine.tx(), ids);
        List<Long> tokens = jobs.numbers(engine.tx(), "fencing_token", ready.size());
        Map<Long, List<Long>> commandIds = jobs.commands(engine.tx(), ids);
        for (int i = 0; i < ready.size(); i++) {
            JobRow job = ready.get(i);
            List<Long> ofJob = commandIds.getOrDefault(job.id(), List.of());
            engine.tx()
                    .publish(Outgoing.dispatch(
                            new Dispatch.RunJob(
                                    job.id(),
                                    job.attempt(),
                                    tokens.get(i),
                                    job.className(),
                                    job.subject(),
                                    job.description(),
                                    job.fromState(),
                                    job.toState(),
                                    job.args(),
                                    ofJob,
                                    seen(engine, job),
                                    job.resumes()),
                            ofJob.isEmpty() ? null : ofJob.getFirst()));
        }
    }

    /** Versions of other services' objects on which the job rests. */
    private static List<ObjectVersion> seen(EngineTx engine, JobRow job) {
        List<ObjectVersion> versions = new ArrayList<>();
        for (Lock lock : engine.locksOf(job.id())) {
            if (lock.object().type().owner() != job.subject().type().owner()) {
                engine.world()
                        .find(lock.object())
                        .map(StatefulFact::version)
                        .ifPresent(version -> versions.add(new ObjectVersion(lock.object(), version)));
            }
        }
        versions.sort(Comparator.comparing(ObjectVersion::ref));
        return versions;
    }

    static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
