package io.burnish.metrics.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.query.Parameters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of metric URLs and what is said about wrong ones (API contract, storage 23.1, 23.2 and 29.9). */
class MetricParametersTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:20:13Z");
    private static final long HOUR = Instant.parse("2026-03-02T08:00:00Z").toEpochMilli();
    private static final String TWO_HOURS = "begin=2026-03-02T06:00:00Z&end=2026-03-02T08:00:00Z";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metrics=a | {'begin':['This field is mandatory when latest=false']}",
                "begin=soon | {'begin':['Malformed time string']}",
                "begin=2026-03-02&end=later | {'end':['Malformed time string']}",
                "latest=true&update=1 | {'update':['update and latest are mutually exclusive']}",
                "update=true&begin=2026-03-02 | {'end':['This field is mandatory when latest=false']}",
                "num_points=4&begin=2026-03-02 | {'end':['This field is mandatory when latest=false']}",
                "num_points=x&latest=1 | {'num_points':['num_points must be a valid integer','num_points requires a fixed begin and end']}",
                "num_points=-1&begin=2026-03-02 | {'num_points':['num_points must be a valid integer']}",
                "num_points=10001&begin=2026-03-01&end=2026-03-02 | {'num_points':['num_points must not be greater than 10000']}",
                "num_points=2&begin=2026-03-02&end=2026-03-01 | {'end':['end must be after begin']}",
                "max_points=many&begin=2026-03-02 | {'max_points':['max_points must be a valid integer']}",
                "max_points=0&begin=2026-03-02 | {'max_points':['max_points must be a valid integer']}",
                "job=id&begin=2026-03-02 | {'job':['Job metrics must be a single string']}",
                "job=id&metrics=read_bytes&latest=true | {'job':['Job metrics and latest are incompatible']}",
                "reduce_fn=max&latest=1 | {'reduce_fn':\"reduce_fn must be 'sum' or 'average'\"}",
                "group_by=filesystem&latest=1 | {'reduce_fn':\"This field is mandatory if 'group_by' is specified\"}",
            })
    void wrong(String query, String body) {
        assertThat(refusal(query).status()).isEqualTo(400);
        assertThat(refusal(query).body().toString().replace("\"", "'")).isEqualTo(body.replace("\"", "'"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var body = refusal("num_points=&job=id&latest=true&metrics=read_bytes,write_bytes")
                .body();
        assertThat(body.get("job")).hasSize(2);
        assertThat(body.get("num_points")).hasSize(2);
        var other = refusal("job=id&begin=never&max_points=x").body();
        assertThat(other.size()).isEqualTo(3);
    }

    @Test
    void listOfOneObjectIgnoresReduction() {
        assertThat(MetricParameters.ofDetail(parameters("latest=1&group_by=x"), NOW)
                        .merge())
                .isEmpty();
    }

    @Test
    void emptyNamesAreDropped() {
        assertThat(list("latest=TRUE&metrics=a,,b,a,").metrics()).containsExactly("a", "b");
        assertThat(list("latest=1").selection()).isEqualTo(new Selection.Everything());
    }

    @Test
    void endIsNowUnlessSaid() {
        assertThat(list("begin=2026-03-02T06:00:00Z").period())
                .isEqualTo(new Period.Range(HOUR - 7_200_000, NOW.toEpochMilli(), 1000, 0));
        assertThat(((Period.Range) list("begin=2026-03-02T06:00:00Z").period()).settledEnd())
                .isEqualTo(NOW.toEpochMilli() - 3000);
    }

    @Test
    void updateContinuesAtTheEnd() {
        assertThat(list("update=1&" + TWO_HOURS).period())
                .isEqualTo(new Period.Range(HOUR, NOW.toEpochMilli(), 1000, 0));
    }

    @Test
    void moreSlotsThanPointsAskForMorePoints() {
        assertThat(list("num_points=2000&" + TWO_HOURS).period())
                .isEqualTo(new Period.Range(HOUR - 7_200_000, HOUR, 2000, 2000));
        assertThat(list("num_points=0&begin=2026-03-02T08:00:00Z").period())
                .isEqualTo(new Period.Range(HOUR, NOW.toEpochMilli(), 1000, 0));
    }

    private static MetricRequest list(String query) {
        return MetricParameters.ofList(parameters(query), NOW);
    }

    private static ApiError refusal(String query) {
        return catchThrowableOfType(ApiError.class, () -> list(query));
    }

    private static Parameters parameters(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.strip().split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], List.of(parts[1]));
        }
        return new Parameters(values);
    }
}
