package io.burnish.metrics.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Choice of the level, and the nesting that roll-ups rest on. */
class LevelTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:20:10.311Z");

    @Test
    void twoDaysAreReadFromFiveMinutes() {
        // monitoring 16, example 5
        assertThat(chosen(Duration.ofDays(2), 1000)).isEqualTo(Level.FIVE_MINUTES);
        assertThat(chosen(Duration.ofDays(2), 2880)).isEqualTo(Level.MINUTE);
    }

    @Test
    void theFinestLevelThatReachesBackAndIsSmallEnough() {
        assertThat(chosen(Duration.ofMinutes(10), 1000)).isEqualTo(Level.TEN_SECONDS);
        assertThat(chosen(Duration.ofMinutes(10), 59)).isEqualTo(Level.MINUTE);
        assertThat(chosen(Duration.ofDays(1), 8640)).isEqualTo(Level.TEN_SECONDS);
        assertThat(chosen(Duration.ofDays(6), Integer.MAX_VALUE)).isEqualTo(Level.FIVE_MINUTES);
        assertThat(chosen(Duration.ofDays(8), 1000)).isEqualTo(Level.HOUR);
        assertThat(chosen(Duration.ofDays(31), 1000)).isEqualTo(Level.DAY);
        assertThat(chosen(Duration.ofDays(30_000), 1000)).isEqualTo(Level.DAY);
    }

    @Test
    void windowsHoldWholeWindowsOfFinerLevels() {
        for (int i = 1; i < Level.values().length; i++) {
            assertThat(Level.of(i).window() % Level.of(i - 1).window()).isZero();
            assertThat(Level.of(i).window() % Level.of(i).step()).isZero();
        }
        assertThat(Level.TEN_SECONDS.window()).isEqualTo(Level.HOUR.step());
        assertThat(Level.HOUR.window() % Level.DAY.step()).isZero();
    }

    @Test
    void daysAndHoursAreThoseOfTheClock() {
        long at = NOW.toEpochMilli();
        assertThat(Instant.ofEpochMilli(Level.DAY.floor(at))).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(Instant.ofEpochMilli(Level.HOUR.floor(at))).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(Instant.ofEpochMilli(Level.TEN_SECONDS.floor(at))).isEqualTo(Instant.parse("2026-03-02T08:20:10Z"));
    }

    private static Level chosen(Duration range, int maxPoints) {
        return Level.finest(NOW.minus(range).toEpochMilli(), NOW.toEpochMilli(), maxPoints, NOW);
    }
}
