package io.burnish.agent.action;

import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import java.io.IOException;
import java.time.Duration;

/**
 * The surroundings of one run of an action.
 *
 * @param actionId identity of the action
 * @param resumed an earlier life of the agent began the action and did not finish it
 * @param host the server; commands go through {@code commands}, which record
 * @param agentExit ends the agent after the answer
 */
public record ActionContext(
        String actionId,
        boolean resumed,
        HostSystem host,
        Commands commands,
        AgentTimings.Waits waits,
        Life life,
        AgentExit agentExit,
        NamedLocks locks) {

    /** Identity of an effect within this action that must not happen twice. */
    public String onceKey(String effect) {
        return actionId + ":" + effect;
    }

    /** Waits. */
    public void pause(Duration time) throws InterruptedException {
        life.pause(time);
    }

    /**
     * Looks repeatedly, first at once, until a condition holds.
     *
     * @return whether it held within the bound
     */
    public boolean await(Duration bound, Duration interval, Condition condition)
            throws InterruptedException, IOException {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.holds()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            life.pause(Duration.ofNanos(Math.min(left, interval.toNanos())));
        }
        return true;
    }

    /** Something that becomes true. */
    @FunctionalInterface
    public interface Condition {
        /** Looks now. */
        boolean holds() throws InterruptedException, IOException;
    }
}
