package io.burnish.metrics.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of metric queries. */
class TimeTextTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:20:10Z");

    @ParameterizedTest
    @CsvSource({
        "2013-04-19T20:34:00Z, 2013-04-19T20:34:00Z",
        "2013-04-19T20:34:00, 2013-04-19T20:34:00Z",
        "2013/04/19 20:34:00.25, 2013-04-19T20:34:00.250Z",
        "2013-04-19T20:34:00+02:00, 2013-04-19T18:34:00Z",
        "2013-04-19T20:34:00.123456-0130, 2013-04-19T22:04:00.123456Z",
        "since 2013-4-9 please, 2013-04-09T00:00:00Z",
        "07:15:30, 2026-03-02T07:15:30Z"
    })
    void isFoundInTheText(String text, Instant expected) {
        assertThat(TimeText.parse(text, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "", "2013", "2013-13-01", "2013-02-30T10:00:00", "2013-02-20T25:00:00", "20:34"})
    void isMalformed(String text) {
        assertThat(TimeText.parse(text, NOW)).isEmpty();
    }

    @Test
    void offsetOutOfRangeIsMalformed() {
        assertThat(TimeText.parse("2013-04-19T20:34:00+99:00", NOW)).isEqualTo(Optional.empty());
    }
}
