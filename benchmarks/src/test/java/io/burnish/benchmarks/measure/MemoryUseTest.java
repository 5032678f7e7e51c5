package io.burnish.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryUseTest {

    private static final String ROLLUP = """
            00400000-7ffd1b5c6000 ---p 00000000 00:00 0                              [rollup]
            Rss:              215736 kB
            Pss:              187642 kB
            Pss_Dirty:        170000 kB
            Shared_Clean:      30412 kB
            """;

    @Test
    void sumsAreReadFromTheKernelsText() {
        assertThat(MemoryUse.parse(ROLLUP)).isEqualTo(new MemoryUse(215736L * 1024, 187642L * 1024));
    }

    @Test
    void anotherTextIsAnErrorAndNotZero() {
        assertThatThrownBy(() -> MemoryUse.parse("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thisProcessHasMemory() {
        MemoryUse use = MemoryUse.of(List.of(ProcessHandle.current()));
        assertThat(use.pssBytes()).isPositive();
        assertThat(use.rssBytes()).isGreaterThanOrEqualTo(use.pssBytes());
    }
}
