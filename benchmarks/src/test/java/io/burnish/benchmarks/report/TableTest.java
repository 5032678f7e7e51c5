package io.burnish.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void numbersStandBelowEachOtherBesideTheirBaselines() {
        List<Figure> figures = List.of(
                Figure.higher("requests", 4321.5, "1/s").beside("by hand", 8643),
                Figure.lower("p50", 3.14159, "ms"),
                Figure.lower("memory", 12.345, "GiB").beside("goal", 0));
        assertThat(Table.lines(figures))
                .containsExactly(
                        "  what       ours   beside   ratio   unit   compared with",
                        "  requests   4322     8643    0.50   1/s    by hand",
                        "  p50        3.14                    ms",
                        "  memory     12.3     0.00           GiB    goal");
    }

    @Test
    void smallAndLargeNumbersKeepThreeDigits() {
        assertThat(Table.number(0.125)).isEqualTo("0.13");
        assertThat(Table.number(99.94)).isEqualTo("99.9");
        assertThat(Table.number(12345.6)).isEqualTo("12346");
        assertThat(Table.number(-1.5)).isEqualTo("-1.50");
    }
}
