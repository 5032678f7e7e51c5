package io.burnish.benchmarks.measure;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A fixed number of callers on one event loop, each of which asks again as soon as it is answered. What begins and ends within the
 * measured time counts.
 */
public final class ClosedLoop {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Context context;
    private final Supplier<Future<Void>> request;
    private final int callers;
    private final CountDownLatch ended;
    // read and written on the event loop, and between the phases
    private final Latencies latencies = new Latencies();
    private long failures;
    private String firstFailure;

    private volatile boolean measuring;
    private volatile boolean stopping;
    private volatile long measuredFrom;

    private ClosedLoop(Vertx vertx, int callers, Supplier<Future<Void>> request) {
        this.context = vertx.getOrCreateContext();
        this.callers = callers;
        this.request = request;
        this.ended = new CountDownLatch(callers);
    }

    /**
     * What was found.
     *
     * @param latencies of the requests that succeeded
     * @param failures requests that did not, while it was measured
     * @param firstFailure why the first one failed; {@code null} if none did
     * @param usage of processors while it was measured
     */
    public record Result(
            Latencies latencies, long failures, String firstFailure, Duration measured, ProcessorTime usage) {

        /** Successes per second. */
        public double perSecond() {
            return latencies.count() / (measured.toNanos() / 1e9);
        }
    }

    /**
     * Warms up, measures, ends. Blocks until all of it is over.
     *
     * @param request sent by each caller; its future fails if the answer is not the wanted one
     * @param watched whose processor time is measured
     */
    public static Result run(
            Vertx vertx,
            int callers,
            Duration warmUp,
            Duration measured,
            ProcessorTime.Meter watched,
            Supplier<Future<Void>> request)
            throws InterruptedException {
        ClosedLoop loop = new ClosedLoop(vertx, callers, request);
        loop.context.runOnContext(start -> {
            for (int i = 0; i < callers; i++) {
                loop.next();
            }
        });
        Thread.sleep(warmUp);
        ProcessorTime before = watched.read();
        loop.measuredFrom = System.nanoTime();
        loop.measuring = true;
        Thread.sleep(measured);
        loop.measuring = false;
        Duration took = Duration.ofNanos(System.nanoTime() - loop.measuredFrom);
        ProcessorTime used = watched.read().minus(before);
        loop.stopping = true;
        if (!loop.ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    loop.ended.getCount() + " of " + callers + " requests had no answer within " + PATIENCE);
        }
        return new Result(loop.latencies, loop.failures, loop.firstFailure, took, used);
    }

    private void next() {
        if (stopping) {
            ended.countDown();
            return;
        }
        long begin = System.nanoTime();
        request.get().onComplete(answer -> {
            note(begin, answer.cause());
            // a new turn of the event loop: an answer that is there at once must not deepen the stack
            context.runOnContext(again -> next());
        });
    }

    private void note(long begin, Throwable failure) {
        if (!measuring || begin < measuredFrom) {
            return;
        }
        if (failure == null) {
            latencies.add(System.nanoTime() - begin);
        } else {
            failures++;
            firstFailure = firstFailure == null ? failure.toString() : firstFailure;
        }
    }
}
