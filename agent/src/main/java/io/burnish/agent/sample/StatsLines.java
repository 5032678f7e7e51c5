package io.burnish.agent.sample;

import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statistics files of Lustre: lines {@code NAME COUNT samples [UNIT] [MIN MAX SUM [SUMSQ]]} (monitoring 9.3), and the series made of them
 * (API contract, storage 24.3, mapping rule).
 */
final class StatsLines {

    private static final Pattern LINE =
            Pattern.compile("^(\\S+)\\s+(\\d+) samples \\[(\\w+)\\](?:\\s+\\d+\\s+\\d+\\s+(\\d+)(?:\\s+\\S+)?)?\\s*$");
    private static final Set<String> TIMES = Set.of("usec", "usecs", "sec", "secs", "msec", "msecs", "nsec", "nsecs");

    // times of the service and of the page cache, which are wanted as such; others are operations that newer Lustre
    // times
    private static final Pattern REAL_TIMES = Pattern.compile("req_waittime|req_timeout|get_page|mds_.*|obd_.*");

    private StatsLines() {}

    /** One line; {@code sum} is {@code null} if it has none. */
    record Line(String name, double count, String unit, Double sum) {}

    /** All lines by name; others than these are left out. */
    static Map<String, Line> parse(String text) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Double sum = matcher.group(4) == null ? null : Double.valueOf(matcher.group(4));
                lines.put(
                        matcher.group(1),
                        new Line(matcher.group(1), Double.parseDouble(matcher.group(2)), matcher.group(3), sum));
            }
        }
        return lines;
    }

    /** Adds the series of a line. */
    static void addSeries(String target, Line line, List<Sample> samples) {
        String series = "stats_" + line.name();
        if (line.sum() == null || line.unit().equals("reqs") || operation(line)) {
            samples.add(new Sample(target, series, SeriesType.COUNTER, line.count()));
        } else if (line.unit().equals("bytes")) {
            samples.add(new Sample(target, series, SeriesType.COUNTER, line.sum()));
            samples.add(new Sample(target, series.replace("_bytes", "_iops"), SeriesType.COUNTER, line.count()));
        } else {
            samples.add(new Sample(target, series, SeriesType.GAUGE, line.sum()));
        }
    }

    private static boolean operation(Line line) {
        return TIMES.contains(line.unit()) && !REAL_TIMES.matcher(line.name()).matches();
    }
}
