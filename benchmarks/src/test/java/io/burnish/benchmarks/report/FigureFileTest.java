package io.burnish.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureFileTest {

    private static final Machine MACHINE = new Machine("EPYC", 2, 1L << 34, "25", 0.5);

    @TempDir
    Path directory;

    @Test
    void everyFigureIsALineAndEarlierLinesStay() throws IOException {
        Path file = directory.resolve("figures.jsonl");
        Report report = new Report(
                List.of(Figure.higher("requests", 10, "1/s").beside("by hand", 20), Figure.lower("p50", 1.5, "ms")),
                3,
                List.of());
        new FigureFile(file).append("hosts", Instant.EPOCH, MACHINE, report);
        new FigureFile(file).append("hosts", Instant.EPOCH, MACHINE, report);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertThat(first.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(first.path("benchmark").asText()).isEqualTo("hosts");
        assertThat(first.path("value").asDouble()).isEqualTo(10);
        assertThat(first.path("reference").asDouble()).isEqualTo(20);
        assertThat(first.path("reference_name").asText()).isEqualTo("by hand");
        assertThat(first.path("better").asText()).isEqualTo("higher");
        assertThat(first.path("failures").asLong()).isEqualTo(3);
        assertThat(first.path("cores").asInt()).isEqualTo(2);
        assertThat(new ObjectMapper().readTree(lines.get(1)).has("reference")).isFalse();
    }
}
