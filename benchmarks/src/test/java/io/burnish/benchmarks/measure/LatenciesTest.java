package io.burnish.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentileIsTheSmallestThatTheShareDoesNotExceed() {
        Latencies latencies = millis(100);
        assertThat(latencies.percentileMillis(50)).isEqualTo(50);
        assertThat(latencies.percentileMillis(99)).isEqualTo(99);
        assertThat(latencies.percentileMillis(99.1)).isEqualTo(100);
        assertThat(latencies.percentileMillis(100)).isEqualTo(100);
        assertThat(latencies.percentileMillis(0.1)).isEqualTo(1);
    }

    @Test
    void everyEventIsKept() {
        Latencies latencies = millis(5000);
        assertThat(latencies.count()).isEqualTo(5000);
        assertThat(latencies.percentileMillis(99)).isEqualTo(4950);
    }

    @Test
    void aSingleEventIsEveryPercentile() {
        Latencies latencies = millis(1);
        assertThat(latencies.percentileMillis(1)).isEqualTo(1);
        assertThat(latencies.percentileMillis(99)).isEqualTo(1);
    }

    @Test
    void withoutEventsThereIsNoPercentile() {
        assertThat(new Latencies().percentileMillis(50)).isNaN();
    }

    @Test
    void whatIsNoShareIsRefused() {
        assertThatThrownBy(() -> millis(1).percentileMillis(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> millis(1).percentileMillis(101)).isInstanceOf(IllegalArgumentException.class);
    }

    /** 1 ms to that many, in descending order. */
    private static Latencies millis(int highest) {
        Latencies latencies = new Latencies();
        for (int i = highest; i > 0; i--) {
            latencies.add(Duration.ofMillis(i));
        }
        return latencies;
    }
}
