package io.burnish.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A counter is the sum of its rate, wherever one begins to count. */
class WaveTest {

    private static final long BEGIN = 1_772_439_610_311L;
    private final Wave wave = Dice.wave(40, 0.9, "fs", "reads");

    @Test
    void totalIsTheSumOfTheRate() {
        double sum = 0;
        for (int milli = 0; milli < 600_000; milli += 100) {
            sum += wave.at(BEGIN + milli + 50) * 0.1;
        }
        assertThat(wave.total(BEGIN, BEGIN + 600_000)).isCloseTo(sum, within(sum / 1e5));
    }

    @Test
    void totalNeverFallsAndPartsAddUp() {
        double before = 0;
        for (int second = 1; second < 4_000; second++) {
            double total = wave.total(BEGIN, BEGIN + second * 1000L);
            assertThat(total).isGreaterThanOrEqualTo(before);
            before = total;
        }
        assertThat(wave.total(BEGIN, BEGIN + 700_000) + wave.total(BEGIN + 700_000, BEGIN + 3_999_000))
                .isCloseTo(before, within(1e-3));
        assertThat(wave.total(BEGIN, BEGIN)).isZero();
    }
}
