package io.burnish.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run of the agent. When it has ended nothing of it may touch the server or the journal any more: every pause and every call
 * of the machine looks here first, so that threads of a killed agent stop where they are, as if the process were gone.
 */
public final class Life {

    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * Waits.
     *
     * @throws LifeEndedException at once when the life ends
     * @throws InterruptedException if the caller is told to stop
     */
    public void pause(Duration time) throws InterruptedException {
        if (end.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new LifeEndedException();
        }
    }

    /**
     * Checks that the life goes on.
     *
     * @throws LifeEndedException if it has ended
     */
    public void check() {
        if (ended()) {
            throw new LifeEndedException();
        }
    }

    /** Whether it is over. */
    public boolean ended() {
        return end.getCount() == 0;
    }

    /** Ends it. */
    public void end() {
        end.countDown();
    }

    /** The agent is no more: whoever gets this stops without a trace. */
    public static final class LifeEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LifeEndedException() {
            super("the agent has ended", null, false, false);
        }
    }
}
