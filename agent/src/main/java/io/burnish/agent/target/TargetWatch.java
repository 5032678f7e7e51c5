package io.burnish.agent.target;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.pacemaker.ResourceList;
import io.burnish.agent.system.CommandResult;
import java.time.Duration;
import java.util.Optional;

/** Watches the cluster start or stop a target, until nothing has changed there for too long (agent contract, 9.8). */
final class TargetWatch {

    private final ActionContext context;
    private final String label;
    private Optional<String> node = Optional.empty();
    private String problem = "";
    private long running = -1;
    private long lastChange;

    TargetWatch(ActionContext context, String label) {
        this.context = context;
        this.label = label;
    }

    /** Waits until the target runs, or runs nowhere; false if it did not come to that within the bounds. */
    boolean await(boolean toRun) throws InterruptedException {
        long begin = System.nanoTime();
        lastChange = begin;
        while (!look(toRun)) {
            long now = System.nanoTime();
            if (passed(begin, now, context.waits().targetStart())
                    || passed(lastChange, now, context.waits().targetQuiet())) {
                return false;
            }
            context.pause(context.waits().cluster());
        }
        return true;
    }

    /** Where it was seen last. */
    Optional<String> node() {
        return node;
    }

    /** Why waiting was given up. */
    String complaint(boolean toRun) {
        return "the cluster did not " + (toRun ? "start" : "stop") + " it, and nothing changed there for "
                + context.waits().targetQuiet().toSeconds() + " s"
                + (problem.isEmpty() ? "; see 'crm_mon -1 -r -f' and the log of Pacemaker" : ": " + problem);
    }

    private boolean look(boolean toRun) throws InterruptedException {
        CommandResult result = context.commands().polling().run("crm_mon", "-1", "-r");
        ResourceList list = ResourceList.parse(result.stdout());
        if (!result.ok() || !list.known()) {
            problem = result.ok() ? "the cluster has no DC" : result.stderr().strip();
            return false;
        }
        problem = list.nodes().containsKey(label) ? "" : "the cluster does not know it";
        if (list.running() != running) {
            running = list.running();
            lastChange = System.nanoTime();
        }
        node = list.nodeOf(label);
        boolean failed = list.failed().containsKey(label);
        return toRun ? node.isPresent() || failed : node.isEmpty() && !failed && problem.isEmpty();
    }

    private static boolean passed(long since, long now, Duration bound) {
        return now - since > bound.toNanos();
    }
}
