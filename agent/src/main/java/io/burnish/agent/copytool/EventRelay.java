package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sends events to the manager in batches; what could not be sent is sent again, with growing pauses (agent contract, 13.2). Events are
 * numbered from 1 on, so that the manager recognises a batch that comes again. While the manager is away the oldest events go first.
 */
final class EventRelay implements Runnable {

    private static final System.Logger LOG = System.getLogger(EventRelay.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    /** Characters of a batch: a batch is one record on the manager's bus. */
    private static final int LARGEST_BATCH = 200_000;

    private static final int KEPT_EVENTS = 100_000;

    private final ObjectNode envelope;
    private final Post post;
    private final Deque<String> queue = new ArrayDeque<>();
    /** Number of the first event in the queue. */
    private long first = 1;

    private Duration pause = INTERVAL;

    /** @param envelope what every batch says besides its events */
    EventRelay(ObjectNode envelope, Post post) {
        this.envelope = envelope;
        this.post = post;
    }

    /** The way to the manager; returns when the manager has taken the body. */
    @FunctionalInterface
    interface Post {
        void send(String body) throws IOException, InterruptedException;
    }

    /** Another event. */
    synchronized void add(ObjectNode event) {
        queue.add(ContractJson.text(event));
        if (queue.size() > KEPT_EVENTS) {
            taken(1);
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(sendPending());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what there is, and returns how long to wait before the next time. */
    Duration sendPending() throws InterruptedException {
        while (true) {
            Batch batch = batch();
            if (batch.events().isEmpty()) {
                return INTERVAL;
            }
            try {
                post.send(body(batch));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "events not delivered, trying again: " + e.getMessage());
                return longerPause();
            }
            pause = INTERVAL;
            confirmed(batch);
        }
    }

    private record Batch(long first, List<String> events) {}

    private synchronized Batch batch() {
        List<String> events = new ArrayList<>();
        int size = 0;
        for (String event : queue) {
            size += event.length();
            if (size > LARGEST_BATCH && !events.isEmpty()) {
                break;
            }
            events.add(event);
        }
        return new Batch(first, events);
    }

    private String body(Batch batch) {
        String start = ContractJson.text(envelope.deepCopy().put("first", batch.first()));
        return start.substring(0, start.length() - 1) + ",\"events\":[" + String.join(",", batch.events()) + "]}";
    }

    private synchronized void confirmed(Batch batch) {
        taken((int) Math.max(0, batch.first() + batch.events().size() - first));
    }

    private void taken(int events) {
        for (int i = 0; i < events; i++) {
            queue.removeFirst();
        }
        first += events;
    }

    private Duration longerPause() {
        Duration twice = pause.multipliedBy(2);
        pause = pause.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : twice;
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        return pause;
    }
}
