package io.burnish.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final ProcessorTime.Meter NOTHING = () -> new ProcessorTime(Map.of());

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void noMoreThanTheCallersAskAtTheSameTime() throws InterruptedException {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ClosedLoop.Result result = run(5, () -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return vertx.timer(1).onComplete(fired -> open.decrementAndGet()).mapEmpty();
        });
        assertThat(most.get()).isEqualTo(5);
        assertThat(open.get()).isZero();
        assertThat(result.failures()).isZero();
        assertThat(result.latencies().count()).isPositive();
        assertThat(result.latencies().percentileMillis(1)).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void failuresAreCountedAndHaveNoLatency() throws InterruptedException {
        AtomicLong asked = new AtomicLong();
        ClosedLoop.Result result = run(
                1, () -> asked.incrementAndGet() % 2 == 0 ? Future.failedFuture("refused") : Future.succeededFuture());
        assertThat(result.failures()).isPositive();
        assertThat(result.firstFailure()).contains("refused");
        assertThat(result.latencies().count() - result.failures()).isBetween(-1L, 1L);
    }

    private ClosedLoop.Result run(int callers, Supplier<Future<Void>> request) throws InterruptedException {
        return ClosedLoop.run(vertx, callers, Duration.ofMillis(20), Duration.ofMillis(300), NOTHING, request);
    }
}
