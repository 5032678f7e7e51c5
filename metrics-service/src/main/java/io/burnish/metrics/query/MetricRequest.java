package io.burnish.metrics.query;

import java.util.List;
import java.util.Optional;

/**
 * What a metric URL is asked (API contract, storage 23.1).
 *
 * @param metrics names asked for; empty: everything
 * @param job by what jobs are told apart; empty: not asked by job
 * @param merge how the objects of a list become one; empty: each for itself
 */
record MetricRequest(List<String> metrics, Period period, Optional<JobKey> job, Optional<Merge> merge) {

    /**
     * Objects of a list taken together.
     *
     * @param groupBy attribute of which each value is a group of its own
     */
    record Merge(Function function, Optional<String> groupBy) {}

    /** How values of several objects become one. */
    enum Function {
        SUM,
        AVERAGE
    }

    /** Which series that means. */
    Selection selection() {
        if (job.isPresent()) {
            return new Selection.OfJobs(metrics.getFirst());
        }
        return metrics.isEmpty() ? new Selection.Everything() : new Selection.Named(metrics);
    }

    /** Names that every answer must have: not those of jobs, whose figures are named after the jobs. */
    List<String> promised() {
        return job.isPresent() ? List.of() : metrics;
    }
}
