package io.burnish.standalone.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A part that is started again when it dies: at once, then after 1, 2, 4 and at most 8 seconds while it keeps dying young
 * ({@link SuiteOptions#stableAfter}). Each death and each start is told.
 */
final class Supervised {

    private static final int LONGEST_PAUSE_SECONDS = 8;

    private final Part part;
    private final Duration stableAfter;
    private final Consumer<String> tell;
    /** Everything about this part happens on this one thread. */
    private final ScheduledExecutorService thread;

    private volatile Part.Running running;
    private volatile boolean stopping;
    private int deathsInARow;
    private int restarts;
    private long startedAt;

    Supervised(Part part, Duration stableAfter, Consumer<String> tell) {
        this.part = part;
        this.stableAfter = stableAfter;
        this.tell = tell;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("supervise-" + part.name()).factory());
    }

    String name() {
        return part.name();
    }

    /** Starts it for the first time; a failure is the caller's, not retried. */
    void start() throws IOException {
        launch();
    }

    /** The present process; empty while it is down. */
    Optional<ProcessHandle> process() {
        return Optional.ofNullable(running).map(Part.Running::process).filter(ProcessHandle::isAlive);
    }

    int restarts() {
        return restarts;
    }

    private synchronized void launch() throws IOException {
        if (stopping) {
            return;
        }
        Part.Running started = part.start();
        startedAt = System.nanoTime();
        running = started;
        started.onExit().thenAccept(code -> thread.execute(() -> died(code)));
    }

    private void died(int code) {
        if (stopping) {
            return;
        }
        boolean stable = System.nanoTime() - startedAt > stableAfter.toNanos();
        deathsInARow = stable ? 1 : deathsInARow + 1;
        int pause = deathsInARow == 1 ? 0 : Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(deathsInARow - 2, 10));
        tell.accept("%s (process %d) ended with code %d; starting it again%s."
                .formatted(name(), running.process().pid(), code, pause == 0 ? "" : " in " + pause + " s"));
        thread.schedule(this::relaunch, pause, TimeUnit.SECONDS);
    }

    private void relaunch() {
        try {
            restarts++;
            launch();
        } catch (IOException | RuntimeException e) {
            tell.accept("%s did not start: %s. Next attempt in %d s."
                    .formatted(name(), e.getMessage(), LONGEST_PAUSE_SECONDS));
            thread.schedule(this::relaunch, LONGEST_PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Ends it for good. */
    void stop(Duration patience) {
        stopping = true;
        synchronized (this) {
            thread.shutdownNow();
            if (running != null) {
                running.stop(patience);
            }
        }
    }
}
