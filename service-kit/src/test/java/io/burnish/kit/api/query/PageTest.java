package io.burnish.kit.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.burnish.kit.api.ApiError;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paging as in the API contract, core 1.6, and times as in 1.10. */
class PageTest {

    private static Page page(Map<String, List<String>> parameters) {
        return Page.of(new Parameters(parameters));
    }

    @Test
    void defaultsToTwentyFromTheStart() {
        assertThat(page(Map.of())).isEqualTo(new Page(20, 0));
    }

    @Test
    void zeroMeansEverythingAndMoreThanTheMaximumIsClamped() {
        assertThat(page(Map.of("limit", List.of("0"))).unlimited()).isTrue();
        assertThat(page(Map.of("limit", List.of("5000"))).limit()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit|abc|Invalid limit 'abc' provided. Please provide a positive integer.",
                "limit|-1|Invalid limit '-1' provided. Please provide a positive integer &gt;= 0.",
                "limit|''|Invalid limit '' provided. Please provide a positive integer.",
                "offset|z|Invalid offset 'z' provided. Please provide an integer.",
                "offset|-2|Invalid offset '-2' provided. Please provide a positive integer &gt;= 0."
            })
    void refusesOtherValues(String name, String value, String message) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> page(Map.of(name, List.of(value))))
                .satisfies(
                        error -> assertThat(error.body().get("error").asText()).isEqualTo(message));
    }

    @ParameterizedTest
    @CsvSource({
        "2019-05-02T09:30:00.123456Z, false, 2019-05-02T09:30:00.123456",
        "2019-05-02T09:30:00.123456789Z, false, 2019-05-02T09:30:00.123456",
        "2019-05-02T09:30:00Z, false, 2019-05-02T09:30:00",
        "2019-05-02T11:30:00.5+02:00, true, 2019-05-02T09:30:00.500000+00:00",
        "2019-05-02T09:30:00Z, true, 2019-05-02T09:30:00+00:00"
    })
    void timesAreWrittenInUtcWithSixDigitsOrNone(OffsetDateTime time, boolean offset, String text) {
        assertThat(Times.text(time, offset)).isEqualTo(text);
    }

    @Test
    void aFlagEndsInsideTheFieldThatItExpands() {
        Expansion expansion = Expansion.of(
                new Parameters(Map.of("dehydrate__host", List.of("1"), "dehydrate__nids", List.of("false"))));
        assertThat(expansion.full("host", false)).isTrue();
        assertThat(expansion.full("nids", true)).isFalse();
        assertThat(expansion.full("other", true)).isTrue();
        assertThat(expansion.inside("host").full("host", false)).isFalse();
        assertThat(expansion.inside("host").full("nids", true)).isFalse();
    }
}
