package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.Optional;

/**
 * Starts or stops a target through the cluster (agent contract, 9.8): sets its role and watches until it runs, or does not. A failed
 * attempt is undone and repeated, at most {@value #ATTEMPTS} times.
 */
record TargetRole(AgentAction id, boolean start) implements Action {

    private static final int ATTEMPTS = 4;

    static TargetRole starting() {
        return new TargetRole(AgentAction.START_TARGET, true);
    }

    static TargetRole stopping() {
        return new TargetRole(AgentAction.STOP_TARGET, false);
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return (start ? "start " : "stop ") + arguments.text("ha_label");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        String label = arguments.text("ha_label");
        for (int attempt = 1; ; attempt++) {
            setRole(context, label, start ? "Started" : "Stopped");
            TargetWatch watch = new TargetWatch(context, label);
            boolean done = watch.await(start);
            String failure = failure(context, label);
            if (done && failure.isEmpty() && watch.node().isPresent() == start) {
                return watch.node().map(TextNode::valueOf).orElse(null);
            }
            if (attempt == ATTEMPTS) {
                setRoleBack(context, label);
                throw new ActionFailedException(
                        failure.isEmpty()
                                ? watch.complaint(start)
                                : "the cluster reports '" + failure + "' after " + ATTEMPTS + " attempts");
            }
            setRoleBack(context, label);
        }
    }

    /** A target that could not be started must not be started by the cluster later, behind the manager's back. */
    private void setRoleBack(ActionContext context, String label) throws InterruptedException {
        if (start) {
            setRole(context, label, "Stopped");
        }
    }

    private static void setRole(ActionContext context, String label, String role) throws InterruptedException {
        context.commands().tryRun("crm_resource", "-r", label, "-p", "target-role", "-m", "-v", role);
    }

    /** The line that says that it failed; empty if there is none. */
    private String failure(ActionContext context, String label) throws InterruptedException {
        String text = context.commands().tryRun("crm_mon", "-1");
        Optional<String> line = text.lines()
                .map(candidate -> candidate.strip().replaceFirst("^\\* ", ""))
                .filter(candidate -> candidate.startsWith(label + "\t") || candidate.startsWith(label + " "))
                .filter(candidate -> candidate.contains("(ocf:"))
                .findFirst();
        return line.filter(found -> found.contains("FAILED")).orElse("");
    }
}
