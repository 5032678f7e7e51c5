package io.burnish.agent.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.Life;
import io.burnish.agent.journal.ActionJournal;
import io.burnish.agent.journal.ActionJournal.Known;
import io.burnish.agent.journal.JournalRecord.Accepted;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ToAgent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs actions, each on a virtual thread of its own. Guarantees, by the journal:
 *
 * <ul>
 *   <li>an id is run once; asked again it answers with the recorded outcome, or goes on if it still runs;
 *   <li>what an earlier life left unfinished is run again ({@link #resume}), except actions with secrets, which wait for the hub to
 *       send them again since secrets are not written to the disk;
 *   <li>an action for a subject with an older token than seen before is refused; one with a newer token first stops those with
 *       older ones and waits for their end;
 *   <li>an outcome is announced until the hub has stored it.
 * </ul>
 */
public final class ActionRunner {

    private static final System.Logger LOG = System.getLogger(ActionRunner.class.getName());

    private final ActionCatalogue catalogue;
    private final ActionJournal journal;
    private final Answers answers;
    private final RunnerSettings settings;
    private final AfterAnswer afterAnswer;
    private final Verdicts verdicts;
    private final Map<String, RunningAction> running = new LinkedHashMap<>();

    /** A runner over a journal. */
    public ActionRunner(ActionCatalogue catalogue, ActionJournal journal, Answers answers, RunnerSettings settings) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.answers = answers;
        this.settings = settings;
        this.afterAnswer = new AfterAnswer(journal, settings.timings().channel().answerGrace());
        this.verdicts = new Verdicts(settings.host().names().fqdn());
    }

    /** Takes up what an earlier life left: unfinished actions and things to be done after an answer. */
    public synchronized void resume() {
        for (Accepted accepted : journal.toAct()) {
            resumeAct(accepted);
        }
        for (Accepted accepted : journal.unfinished()) {
            if (!accepted.withSecrets()) {
                start(accepted, Secrets.in(accepted.args()), true);
            }
        }
    }

    /** An action was sent. */
    public synchronized void run(ToAgent.RunAction request) {
        if (running.containsKey(request.actionId())) {
            return;
        }
        if (!answerIfEnded(request.actionId())) {
            accept(request, journal.find(request.actionId()).isPresent());
        }
    }

    /** An action is to be stopped; its outcome follows. */
    public synchronized void cancel(String id) {
        RunningAction action = running.get(id);
        if (action != null) {
            action.stop("cancelled on request");
        } else if (!answerIfEnded(id)) {
            end(id, verdicts.neverRan());
        }
    }

    /** The hub has stored outcomes. */
    public synchronized void stored(List<String> ids) {
        journal.acknowledged(ids);
        afterAnswer.stored(ids);
    }

    /** Ids that run or whose outcome the hub has not stored (greeting of the channel). */
    public synchronized List<String> known() {
        List<String> ids = new ArrayList<>(journal.unacknowledged());
        running.keySet().stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        return ids;
    }

    /** Sends every outcome that the hub has not stored. */
    public void announceOutcomes() {
        for (String id : journal.unacknowledged()) {
            answerIfEnded(id);
        }
    }

    private boolean answerIfEnded(String id) {
        Known known = journal.find(id).orElse(null);
        if (known instanceof Known.Ended ended) {
            answers.outcome(id, ended.outcome());
            return true;
        }
        if (known instanceof Known.LongAgo) {
            answers.outcome(id, verdicts.longAgo(id));
            return true;
        }
        return false;
    }

    private void accept(ToAgent.RunAction request, boolean resumed) {
        long newest = request.subject() == null ? 0 : journal.newestToken(request.subject());
        if (request.subject() != null && request.fencingToken() < newest) {
            answers.outcome(request.actionId(), verdicts.outdated(request, newest));
            return;
        }
        ObjectNode args = request.args() == null ? JsonNodeFactory.instance.objectNode() : request.args();
        Secrets secrets = Secrets.in(args);
        Accepted accepted = new Accepted(
                request.actionId(),
                request.action(),
                secrets.redacted(),
                secrets.any(),
                request.deadlineSeconds(),
                request.subject(),
                request.fencingToken(),
                request.job(),
                settings.host().bootId());
        journal.accepted(accepted);
        start(accepted, secrets, resumed);
    }

    private void start(Accepted accepted, Secrets secrets, boolean resumed) {
        Optional<Action> action = catalogue.find(accepted.action());
        if (action.isEmpty()) {
            end(accepted.id(), verdicts.unknown(accepted.action()));
            return;
        }
        RunningAction me = new RunningAction(accepted.id(), accepted.subject(), accepted.fencingToken());
        List<RunningAction> outdated = running.values().stream()
                .filter(other -> other.outdatedBy(accepted.subject(), accepted.fencingToken()))
                .toList();
        running.put(accepted.id(), me);
        ActionRecord record =
                new ActionRecord(secrets.values(), text -> answers.console(accepted.id(), accepted.job(), text));
        ActionRun run = new ActionRun(action.get(), secrets, record, settings, accepted.id(), resumed);
        Thread.ofVirtual().name("action-" + accepted.id()).start(() -> work(me, run, accepted, outdated));
    }

    private void work(RunningAction me, ActionRun run, Accepted accepted, List<RunningAction> outdated) {
        try {
            for (RunningAction other : outdated) {
                other.stop("replaced by a newer job for " + accepted.subject());
                other.awaitEnd();
            }
            Thread.ofVirtual().name("deadline-" + accepted.id()).start(() -> watch(me, accepted));
            me.begin();
            log(accepted, "started");
            ActionOutcome outcome = run.execute(me);
            log(accepted, outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
            boolean acts = run.actsAfterAnswer() && outcome instanceof ActionOutcome.Succeeded;
            if (acts) {
                afterAnswer.expect(me.id());
            }
            finished(me, outcome, acts);
            if (acts) {
                afterAnswer.act(me.id(), run);
            }
        } catch (Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is left to the next life of the agent", me.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.ERROR, "no outcome of " + me.id() + ": the journal cannot be written", e);
        } finally {
            forget(me);
            me.ended();
        }
    }

    /** In the form of the services' logs, so that command and job stand on every line that belongs to one. */
    private void log(Accepted accepted, String what) {
        LOG.log(System.Logger.Level.INFO, () -> "[command=%s job=%s] %s: action %s %s"
                .formatted(
                        accepted.job() == null || accepted.job().commandId() == null
                                ? ""
                                : accepted.job().commandId(),
                        accepted.job() == null ? "" : accepted.job().jobId(),
                        settings.host().names().fqdn(),
                        accepted.action(),
                        what));
    }

    private synchronized void finished(RunningAction me, ActionOutcome outcome, boolean acts) {
        journal.finished(me.id(), outcome, acts);
        running.remove(me.id());
        answers.outcome(me.id(), outcome);
    }

    private synchronized void forget(RunningAction me) {
        running.remove(me.id(), me);
    }

    private void resumeAct(Accepted accepted) {
        boolean rebooted = !settings.host().bootId().equals(accepted.bootId());
        Action action = catalogue.find(accepted.action()).orElse(null);
        if (!(action instanceof Action.ActsAfterAnswer after) || !after.stillWanted(rebooted)) {
            journal.acted(accepted.id());
            return;
        }
        afterAnswer.expect(accepted.id());
        Secrets secrets = Secrets.in(accepted.args());
        ActionRecord record = new ActionRecord(secrets.values(), text -> {});
        ActionRun run = new ActionRun(action, secrets, record, settings, accepted.id(), true);
        Thread.ofVirtual().name("act-" + accepted.id()).start(() -> act(accepted.id(), run));
    }

    private void act(String id, ActionRun run) {
        try {
            afterAnswer.act(id, run);
        } catch (Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "what follows {0} is left to the next life of the agent", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void watch(RunningAction action, Accepted accepted) {
        try {
            Duration deadline = Duration.ofSeconds(accepted.deadlineSeconds());
            if (deadline.isPositive() && !action.awaitEnd(deadline)) {
                action.stop("its deadline of " + deadline.toSeconds() + " s passed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(String id, ActionOutcome outcome) {
        journal.finished(id, outcome, false);
        answers.outcome(id, outcome);
    }
}
