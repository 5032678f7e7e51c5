package io.burnish.testsupport;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a job did, for people to read: its steps, what they asked of which server, and how it ended. */
public final class Transcript {

    private final Map<Long, String> hosts;
    private final List<ActionCommand.Run> actions = new ArrayList<>();
    private final Map<Integer, JobEvent.StepStarted> started = new TreeMap<>();
    private final Map<Integer, JobEvent.StepFinished> finished = new HashMap<>();
    private JobEvent.Finished end;

    Transcript(Map<Long, String> hosts) {
        this.hosts = hosts;
    }

    void action(ActionCommand.Run action) {
        actions.add(action);
    }

    void event(JobEvent event) {
        switch (event) {
            case JobEvent.StepStarted step -> started.put(step.stepIndex(), step);
            case JobEvent.StepFinished step -> finished.put(step.stepIndex(), step);
            case JobEvent.Finished last -> end = last;
            case JobEvent.Started first -> {
                // says the same as the steps
            }
            case JobEvent.StepConsole console -> {
                // the whole output comes with the step's end
            }
        }
    }

    /** How it ended. */
    public JobOutcome outcome() {
        return end.outcome();
    }

    /** The last event. */
    public JobEvent.Finished end() {
        return end;
    }

    /** What was asked of servers, in the order of asking. */
    public List<ActionCommand.Run> actions() {
        return actions;
    }

    /** Names of the actions, in the order of asking. */
    public List<String> actionNames() {
        return actions.stream().map(ActionCommand.Run::action).toList();
    }

    /** The only action of that name. */
    public ActionCommand.Run action(String name) {
        List<ActionCommand.Run> found =
                actions.stream().filter(action -> action.action().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " actions called " + name + " in\n" + this);
        }
        return found.getFirst();
    }

    /** How a step ended. */
    public JobEvent.StepFinished step(int index) {
        return finished.get(index);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        started.forEach((index, step) -> {
            text.append("%d %s: %s %s%n".formatted(index, step.stepClass(), step.description(), step.args()));
            actions.stream()
                    .filter(action -> action.job().stepIndex() == index)
                    .sorted(Comparator.comparing(ActionCommand.Run::actionId))
                    .forEach(action -> text.append(
                            "    %s: %s %s%n".formatted(hosts.get(action.hostId()), action.action(), action.args())));
            JobEvent.StepFinished result = finished.get(index);
            text.append("    %s%s%n"
                    .formatted(
                            result.success() ? "done" : "failed",
                            result.result() == null || result.result().isNull() ? "" : " " + result.result()));
        });
        text.append("%s%n".formatted(ContractJson.text(end.outcome())));
        end.changes().forEach(fact -> text.append("%s%n".formatted(change(fact))));
        return text.toString().replaceAll("_[0-9a-f]{6}\"", "_xxxxxx\"");
    }

    private String change(Fact fact) {
        return switch (fact) {
            case TargetFact target -> {
                String host = target.activeHostId() == null ? "no server" : hosts.get(target.activeHostId());
                yield "%s is %s, on %s".formatted(target.label(), target.state(), host);
            }
            case StatefulFact stateful -> "%s is %s".formatted(stateful.label(), stateful.state());
            default -> "%s has changed".formatted(fact.ref());
        };
    }
}
