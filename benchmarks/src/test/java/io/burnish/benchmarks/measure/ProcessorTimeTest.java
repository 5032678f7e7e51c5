package io.burnish.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

    @Test
    void useIsTheDifferenceOfTwoReadings() {
        ProcessorTime before = new ProcessorTime(Map.of("a", Duration.ofMillis(3), "gone", Duration.ofMillis(9)));
        ProcessorTime after = new ProcessorTime(Map.of("a", Duration.ofMillis(5), "new", Duration.ofMillis(7)));
        ProcessorTime used = after.minus(before);
        assertThat(used.byName()).isEqualTo(Map.of("a", Duration.ofMillis(2), "new", Duration.ofMillis(7)));
        assertThat(used.micros("a", "absent")).isEqualTo(2000);
        assertThat(used.totalMicros()).isEqualTo(9000);
    }

    @Test
    void aChildWithANameOfItsOwnDoesNotCountForItsParent() throws IOException {
        Process child = new ProcessBuilder(
                        "sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo; read x")
                .start();
        try {
            assertThat(child.inputReader().readLine()).as("it has worked").isEmpty();
            ProcessHandle parent = ProcessHandle.current();
            ProcessorTime apart = ProcessorTime.of(() -> Map.of("parent", parent, "child", child.toHandle()))
                    .read();
            ProcessorTime together =
                    ProcessorTime.of(() -> Map.of("parent", parent)).read();
            assertThat(apart.byName().get("child")).isPositive();
            assertThat(together.totalMicros()).isGreaterThanOrEqualTo(apart.totalMicros());
            assertThat(apart.byName().get("parent"))
                    .isLessThan(together.byName().get("parent"));
        } finally {
            child.destroyForcibly();
        }
    }
}
