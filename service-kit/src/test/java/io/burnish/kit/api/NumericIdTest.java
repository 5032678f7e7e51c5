package io.burnish.kit.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing but digits names an object. */
class NumericIdTest {

    @Test
    void digitsAreAnId() {
        assertThat(NumericId.of("1")).contains(1L);
        assertThat(NumericId.of("9223372036854775807")).contains(Long.MAX_VALUE);
        assertThat(NumericId.of("-1")).contains(-1L);
    }

    @Test
    void whatOnlyJavaTakesForANumberIsNone() {
        for (String text :
                List.of("", "+1", " 1", "1 ", "\u0661", "1.0", "0x1", "1e3", "-", "1-1", "9223372036854775808")) {
            assertThat(NumericId.of(text)).as(text).isEmpty();
        }
    }
}
