package io.burnish.platform.process;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** The thread that makes all children. It lives as long as the JVM and does not keep it alive. */
final class LastingThread {

    static final LastingThread INSTANCE = new LastingThread();

    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    private LastingThread() {
        Thread.ofPlatform().daemon().name("child-processes").start(this::run);
    }

    Process start(ProcessBuilder builder) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        work.add(() -> {
            try {
                started.complete(builder.start());
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot start " + builder.command(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.thenAccept(Process::destroyForcibly);
            throw new IOException("interrupted while starting " + builder.command(), e);
        }
    }

    private void run() {
        while (true) {
            try {
                work.take().run();
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt this thread, and its end would be the end of all children
                Thread.interrupted();
            }
        }
    }
}
