package io.burnish.simulator.hsm;

import io.burnish.agent.system.HostSystem.OutputListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** The FIFOs of a virtual server. What is written waits for a reader. */
public final class Fifos {

    private final Map<String, BlockingQueue<Optional<String>>> queues = new ConcurrentHashMap<>();

    /** Passes on lines until the writer has gone. */
    public void follow(String path, OutputListener lines) throws InterruptedException {
        for (Optional<String> line = queue(path).take();
                line.isPresent();
                line = queue(path).take()) {
            lines.accept(line.get());
        }
    }

    void write(String path, String line) {
        queue(path).add(Optional.of(line));
    }

    void writerGone(String path) {
        queue(path).add(Optional.empty());
    }

    private BlockingQueue<Optional<String>> queue(String path) {
        return queues.computeIfAbsent(path, unknown -> new LinkedBlockingQueue<>());
    }
}
