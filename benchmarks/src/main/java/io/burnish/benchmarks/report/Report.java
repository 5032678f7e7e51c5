package io.burnish.benchmarks.report;

import java.util.List;

/**
 * What a benchmark has found.
 *
 * @param figures in the order in which they are shown
 * @param failures requests or jobs that did not succeed while it was measured; none of them counts in a figure
 * @param notes sentences that the figures need to be understood, and the first failure
 */
public record Report(List<Figure> figures, long failures, List<String> notes) {

    public Report {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }
}
