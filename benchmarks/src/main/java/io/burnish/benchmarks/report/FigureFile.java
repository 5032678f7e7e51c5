package io.burnish.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;

/** Figures as JSON lines, one a figure, appended to a file: for comparing runs. */
public final class FigureFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** The file is created when the first figure comes. */
    public FigureFile(Path file) {
        this.file = file;
    }

    /** Appends all figures of a report. */
    public void append(String benchmark, Instant at, Machine machine, Report report) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Figure figure : report.figures()) {
            lines.append(JSON.writeValueAsString(line(benchmark, at, machine, report, figure)))
                    .append('\n');
        }
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static ObjectNode line(String benchmark, Instant at, Machine machine, Report report, Figure figure) {
        ObjectNode line = JSON.createObjectNode()
                .put("at", at.toString())
                .put("benchmark", benchmark)
                .put("what", figure.what())
                .put("value", figure.value())
                .put("unit", figure.unit())
                .put("better", figure.better().name().toLowerCase(Locale.ROOT));
        if (figure.reference() != null) {
            line.put("reference", figure.reference().value());
            line.put("reference_name", figure.reference().name());
        }
        return line.put("failures", report.failures())
                .put("cores", machine.cores())
                .put("processor", machine.processor())
                .put("memory_bytes", machine.memoryBytes())
                .put("jdk", machine.jdk())
                .put("load_before", machine.load());
    }
}
