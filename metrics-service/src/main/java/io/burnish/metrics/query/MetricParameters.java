package io.burnish.metrics.query;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.query.Parameters;
import io.burnish.metrics.query.MetricRequest.Function;
import io.burnish.metrics.query.MetricRequest.Merge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the parameters of metric URLs; all that is wrong is said at once (API contract, storage 23.2). */
final class MetricParameters {

    private static final int DEFAULT_MAX_POINTS = 1000;
    /** More intervals than any chart has dots. */
    private static final int MOST_SLOTS = 10_000;

    private static final List<String> JOB_METRICS =
            List.of("read_bytes", "write_bytes", "read_iops", "write_iops", "metadata_iops");

    private final Parameters parameters;
    private final Instant now;
    private final Map<String, List<String>> errors = new LinkedHashMap<>();

    private MetricParameters(Parameters parameters, Instant now) {
        this.parameters = parameters;
        this.now = now;
    }

    /**
     * The request for one object.
     *
     * @throws ApiError 400 with a message for each parameter that is wrong
     */
    static MetricRequest ofDetail(Parameters parameters, Instant now) {
        return new MetricParameters(parameters, now).request(Optional.empty());
    }

    /** As {@link #ofDetail} for a list of objects. */
    static MetricRequest ofList(Parameters parameters, Instant now) {
        MetricParameters read = new MetricParameters(parameters, now);
        MetricRequest request = read.request(Optional.empty());
        return new MetricRequest(request.metrics(), request.period(), request.job(), read.merge());
    }

    private MetricRequest request(Optional<Merge> merge) {
        List<String> metrics = metrics();
        Optional<JobKey> job = job(metrics);
        Period period = period();
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
        return new MetricRequest(metrics, period, job, merge);
    }

    private List<String> metrics() {
        return parameters.last("metrics").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && name.indexOf('\0') < 0)
                .distinct()
                .toList();
    }

    private Optional<JobKey> job(List<String> metrics) {
        Optional<String> wanted = filled("job");
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (metrics.size() != 1) {
            error("job", "Job metrics must be a single string");
        } else if (!JOB_METRICS.contains(metrics.getFirst())) {
            error("job", "Job metrics must be one of " + String.join(", ", JOB_METRICS));
        }
        if (flag("latest")) {
            error("job", "Job metrics and latest are incompatible");
        }
        return wanted.map(JobKey::of);
    }

    private Period period() {
        boolean latest = flag("latest");
        boolean update = flag("update");
        if (update && latest) {
            error("update", "update and latest are mutually exclusive");
        }
        int slots = slots(latest || update);
        int maxPoints = positive("max_points", DEFAULT_MAX_POINTS);
        Optional<Instant> begin = time("begin", !latest);
        Optional<Instant> end = time("end", !latest && (update || slots > 0));
        if (latest || !errors.isEmpty()) {
            return new Period.Latest();
        }
        long from = (update ? end : begin).orElse(now).toEpochMilli();
        long until = (update ? now : end.orElse(now)).toEpochMilli();
        if (slots > 0 && until <= from) {
            error("end", "end must be after begin");
        }
        // as many stored points as intervals: else some of them would be empty for no reason
        return new Period.Range(from, until, Math.max(maxPoints, slots), slots);
    }

    private int slots(boolean openRange) {
        int slots = 0;
        if (parameters.last("num_points").isPresent()) {
            slots = number("num_points", 0, 0);
            if (slots > MOST_SLOTS) {
                error("num_points", "num_points must not be greater than " + MOST_SLOTS);
            }
            if (openRange) {
                error("num_points", "num_points requires a fixed begin and end");
            }
        }
        return slots;
    }

    private int positive(String name, int absent) {
        return parameters.last(name).isPresent() ? number(name, 1, absent) : absent;
    }

    private int number(String name, int least, int wrong) {
        try {
            int number = Integer.parseInt(parameters.last(name).orElse("").strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        error(name, name + " must be a valid integer");
        return wrong;
    }

    private Optional<Instant> time(String name, boolean mandatory) {
        Optional<String> text = filled(name);
        if (text.isEmpty()) {
            if (mandatory) {
                error(name, "This field is mandatory when latest=false");
            }
            return Optional.empty();
        }
        Optional<Instant> time = TimeText.parse(text.get(), now);
        if (time.isEmpty()) {
            error(name, "Malformed time string");
        }
        return time;
    }

    private Optional<Merge> merge() {
        Optional<String> groupBy = filled("group_by");
        Optional<String> function = filled("reduce_fn");
        if (function.isEmpty()) {
            if (groupBy.isPresent()) {
                throw ApiError.plainField("reduce_fn", "This field is mandatory if 'group_by' is specified");
            }
            return Optional.empty();
        }
        return switch (function.get()) {
            case "sum" -> Optional.of(new Merge(Function.SUM, groupBy));
            case "average" -> Optional.of(new Merge(Function.AVERAGE, groupBy));
            default -> throw ApiError.plainField("reduce_fn", "reduce_fn must be 'sum' or 'average'");
        };
    }

    private Optional<String> filled(String name) {
        return parameters.last(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private boolean flag(String name) {
        return filled(name)
                .map(text -> text.equals("1") || text.equalsIgnoreCase("true"))
                .orElse(false);
    }

    private void error(String parameter, String message) {
        errors.computeIfAbsent(parameter, name -> new ArrayList<>()).add(message);
    }
}
