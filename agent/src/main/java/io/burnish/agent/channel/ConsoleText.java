package io.burnish.agent.channel;

import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.FromAgent;

/**
 * Console text of one action on its way to the hub. Pieces that cannot be sent yet are joined; beyond a bound the middle is left out,
 * and the text says so.
 */
final class ConsoleText {

    static final int LIMIT = 64 * 1024;
    private static final int FRAME = 16 * 1024;

    private final String actionId;
    private final ActionCommand.JobStep job;
    private final StringBuilder pending = new StringBuilder();
    private int sequence;
    /** When the oldest pending piece was printed, by the outbox's clock. */
    private long since;

    ConsoleText(String actionId, ActionCommand.JobStep job) {
        this.actionId = actionId;
        this.job = job;
    }

    void append(String text, long now) {
        if (pending.isEmpty()) {
            since = now;
        }
        pending.append(text);
        if (pending.length() > LIMIT) {
            int cut = pending.length() - LIMIT / 2;
            pending.replace(LIMIT / 4, LIMIT / 4 + cut, "\n[… console output left out …]\n");
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** How long the oldest pending piece has waited, in nanoseconds. */
    long waited(long now) {
        return now - since;
    }

    /** The next frame. */
    FromAgent.Console next() {
        int length = Math.min(FRAME, pending.length());
        String text = pending.substring(0, length);
        pending.delete(0, length);
        return new FromAgent.Console(actionId, sequence++, text, job);
    }
}
