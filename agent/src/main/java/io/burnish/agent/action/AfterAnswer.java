package io.burnish.agent.action;

import io.burnish.agent.journal.ActionJournal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Actions whose answer must reach the hub before they do their main thing. */
final class AfterAnswer {

    private final ActionJournal journal;
    private final Duration grace;
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    AfterAnswer(ActionJournal journal, Duration grace) {
        this.journal = journal;
        this.grace = grace;
    }

    /** Announces that the answer is about to be sent; call before sending it. */
    void expect(String id) {
        waiting.put(id, new CountDownLatch(1));
    }

    /** The hub has stored these answers. */
    void stored(List<String> ids) {
        for (String id : ids) {
            CountDownLatch latch = waiting.remove(id);
            if (latch != null) {
                latch.countDown();
            }
        }
    }

    /** Waits until the hub has the answer, or the grace time is over, and acts. */
    void act(String id, ActionRun run) throws InterruptedException {
        CountDownLatch latch = waiting.get(id);
        if (latch != null) {
            latch.await(grace.toNanos(), TimeUnit.NANOSECONDS);
        }
        // before, not after: what follows takes agent or server down, and must not happen again when they are back
        journal.acted(id);
        run.act();
    }
}
