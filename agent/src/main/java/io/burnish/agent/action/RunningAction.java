package io.burnish.agent.action;

import io.burnish.contracts.model.ObjectRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An action that a thread works on. Stopping it interrupts the thread, which kills the command it waits for; after
 * {@link #finish} nothing interrupts the thread any more, so that it can write its outcome in peace.
 */
final class RunningAction {

    private final String id;
    private final ObjectRef subject;
    private final long fencingToken;
    private final CountDownLatch done = new CountDownLatch(1);
    private Thread thread;
    private String stopReason;
    private boolean over;

    RunningAction(String id, ObjectRef subject, long fencingToken) {
        this.id = id;
        this.subject = subject;
        this.fencingToken = fencingToken;
    }

    String id() {
        return id;
    }

    /** Whether a newer holder of the subject must wait for this action's end. */
    boolean outdatedBy(ObjectRef otherSubject, long otherToken) {
        return subject != null && subject.equals(otherSubject) && fencingToken < otherToken;
    }

    synchronized void begin() {
        thread = Thread.currentThread();
        if (stopReason != null) {
            thread.interrupt();
        }
    }

    /** Tells it to stop; the first reason counts. */
    synchronized void stop(String reason) {
        if (over || stopReason != null) {
            return;
        }
        stopReason = reason;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Called by its thread when the work is over; returns why it was told to stop, if it was. */
    synchronized Optional<String> finish() {
        over = true;
        Thread.interrupted();
        return Optional.ofNullable(stopReason);
    }

    /** Called by its thread at the very end. */
    void ended() {
        done.countDown();
    }

    void awaitEnd() throws InterruptedException {
        done.await();
    }

    /** Whether it ended within the time. */
    boolean awaitEnd(Duration time) throws InterruptedException {
        return done.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
