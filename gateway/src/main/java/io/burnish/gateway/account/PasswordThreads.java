package io.burnish.gateway.account;

import io.burnish.kit.api.ApiError;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that hash passwords. Hashing is meant to be expensive: here it can neither take all memory nor all processors, and
 * it does not hold up virtual threads. It also bounds how many guesses run before a failure is counted.
 */
@ApplicationScoped
class PasswordThreads {

    private static final int WAITING = 64;

    private final ThreadPoolExecutor threads;

    PasswordThreads() {
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads = new ThreadPoolExecutor(
                count,
                count,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("password-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does work on one of the threads and waits for it.
     *
     * @throws ApiError 503 if too many wait already
     */
    <T> T run(Callable<T> work) {
        try {
            Future<T> done = threads.submit(work);
            return done.get();
        } catch (RejectedExecutionException e) {
            throw ApiError.unavailable("Too many log-ins at the same time. Try again in a few seconds.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.unavailable("The gateway is stopping. Try again in a few seconds.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("hashing a password failed", e.getCause());
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        threads.shutdownNow();
    }
}
