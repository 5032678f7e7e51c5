package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Sends events to the manager in batches; what could not be sent is sent again, with growing pauses (agent contract, 13.2). */
final class EventRelay implements Runnable {

    private static final System.Logger LOG = System.getLogger(EventRelay.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int LARGEST_BODY = 8 << 20;
    private static final int KEPT_EVENTS = 100_000;

    private final CopytoolEvents events;
    private final Post post;
    private final ObjectNode envelope;
    private final Deque<ObjectNode> queue = new ArrayDeque<>();
    private Duration pause = INTERVAL;

    EventRelay(CopytoolEvents events, Post post, ObjectNode envelope) {
        this.events = events;
        this.post = post;
        this.envelope = envelope;
    }

    /** The way to the manager; returns the answer's JSON. */
    @FunctionalInterface
    interface Post {
        JsonNode send(String body) throws IOException, InterruptedException;
    }

    /** Another event. */
    synchronized void add(ObjectNode event) {
        queue.add(event);
        if (queue.size() > KEPT_EVENTS) {
            queue.removeFirst();
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
        List<ObjectNode> batch = take();
        if (batch.isEmpty()) {
            return INTERVAL;
        }
        try {
            ArrayNode list = JsonNodeFactory.instance.arrayNode().addAll(batch);
            JsonNode answer = post.send(ContractJson.text(envelope.deepCopy().set("events", list)));
            events.remember(answer.path("active_operations"));
            pause = INTERVAL;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "events not delivered, trying again: " + e.getMessage());
            putBack(batch);
            Duration twice = pause.multipliedBy(2);
            pause = pause.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : twice;
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
        return pause;
    }

    private synchronized List<ObjectNode> take() {
        List<ObjectNode> batch = new ArrayList<>();
        long size = 0;
        while (!queue.isEmpty()) {
            size += ContractJson.text(queue.peekFirst()).length();
            if (size > LARGEST_BODY - 1024 && !batch.isEmpty()) {
                return batch;
            }
            batch.add(queue.removeFirst());
        }
        return batch;
    }

    private synchronized void putBack(List<ObjectNode> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            queue.addFirst(batch.get(i));
        }
    }
}
