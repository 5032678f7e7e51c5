package io.burnish.metrics.query;

import io.burnish.kit.api.query.Predicate;
import io.burnish.metrics.point.Layout;
import java.util.List;

/** Which series of an object are wanted. */
sealed interface Selection {

    /** Series by name; those that do not exist are missing. */
    record Named(List<String> names) implements Selection {}

    /** All but those of jobs. */
    record Everything() implements Selection {}

    /** One figure of all jobs, for example {@code read_bytes}. */
    record OfJobs(String metric) implements Selection {

        /** What the names of the series begin with; the job's id follows. */
        String prefix() {
            return "job_" + metric + "_";
        }
    }

    /** The samplings to look into: those of jobs, or the others, or, since a job's series can be asked for by its name, both. */
    default Boolean[] kinds() {
        return switch (this) {
            case Named named -> new Boolean[] {false, true};
            case Everything all -> new Boolean[] {false};
            case OfJobs jobs -> new Boolean[] {true};
        };
    }

    /** Whether a series of that name is wanted. */
    default boolean includes(String name) {
        return switch (this) {
            case Named named -> named.names().contains(name);
            case Everything all -> !Layout.isOfJob(name);
            case OfJobs jobs -> name.startsWith(jobs.prefix());
        };
    }

    /** The condition on a column that holds series names. */
    default Predicate on(String column) {
        return switch (this) {
            case Named named ->
                Predicate.of(column + " = ANY (?)", (Object) named.names().toArray(String[]::new));
            case Everything all -> Predicate.of("NOT starts_with(" + column + ", 'job_')");
            case OfJobs jobs -> Predicate.of("starts_with(" + column + ", ?)", jobs.prefix());
        };
    }
}
