package io.burnish.simulator.load;

import io.burnish.simulator.load.TargetLoad.Calls;
import io.burnish.simulator.load.TargetLoad.Done;
import java.util.List;
import java.util.Locale;

/** Statistics files in the form of Lustre 2.17. */
final class StatisticsText {

    private static final long SMALLEST = 4096;
    private static final long LARGEST = 4_194_304;
    /** Microseconds of one call, at least, at most and on average. */
    private static final int QUICKEST = 40;

    private static final int SLOWEST = 58_060;
    private static final int USUAL = 900;

    private final StringBuilder text = new StringBuilder();
    private final long since;
    private final long now;

    StatisticsText(long since, long now) {
        this.since = since;
        this.now = now;
    }

    /** The lines that say when; colons are those of the YAML forms. */
    StatisticsText times() {
        text.append("snapshot_time             %s secs.nsecs\n".formatted(seconds(now)));
        text.append("start_time                %s secs.nsecs\n".formatted(seconds(since)));
        text.append("elapsed_time              %s secs.nsecs\n".formatted(seconds(now - since)));
        return this;
    }

    /** Calls that are timed; a kind that never came is not listed. */
    StatisticsText timed(String name, long count) {
        return line(name, count, "usecs", QUICKEST, SLOWEST, count * USUAL);
    }

    StatisticsText timed(List<Calls> calls) {
        calls.forEach(one -> timed(one.name(), one.count()));
        return this;
    }

    StatisticsText bytes(String name, long count) {
        return line(name, count, "bytes", SMALLEST, LARGEST, count * Job.BYTES_PER_CALL);
    }

    /** Requests that are counted with how many were under way. */
    StatisticsText line(String name, long count, String unit, long least, long most, long sum) {
        if (count > 0) {
            padded(text, name, 26)
                    .append(count)
                    .append(" samples [")
                    .append(unit)
                    .append("] ");
            text.append(least).append(' ').append(most).append(' ').append(sum).append(' ');
            text.append((long) squares(sum, count)).append('\n');
        }
        return this;
    }

    /** What every service of a server says of its requests. */
    StatisticsText requests(long count) {
        line("req_waittime", count, "usecs", QUICKEST, SLOWEST, count * 240);
        line("req_qdepth", count, "reqs", 0, 4, count / 50);
        line("req_active", count, "reqs", 1, 9, count + count / 5);
        line("req_timeout", count, "secs", 5, 10, count * 5);
        return line("reqbuf_avail", 2 * count, "bufs", 60, 64, 2 * count * 63);
    }

    /** {@code job_stats}. */
    static String jobs(List<Done> jobs, boolean transfers, long since, long now) {
        StringBuilder text = new StringBuilder("job_stats:\n");
        for (Done job : jobs) {
            text.append("- job_id:          ").append(job.job()).append('\n');
            text.append("  snapshot_time:   %s secs.nsecs\n".formatted(seconds(now)));
            text.append("  start_time:      %s secs.nsecs\n".formatted(seconds(since)));
            text.append("  elapsed_time:    %s secs.nsecs\n".formatted(seconds(now - since)));
            if (transfers) {
                operation(text, "read_bytes", job.reads(), "bytes", job.reads() * Job.BYTES_PER_CALL);
                operation(text, "write_bytes", job.writes(), "bytes", job.writes() * Job.BYTES_PER_CALL);
                operation(text, "read", job.reads(), "usecs", job.reads() * USUAL);
                operation(text, "write", job.writes(), "usecs", job.writes() * USUAL);
            }
            job.calls().forEach(one -> operation(text, one.name(), one.count(), "usecs", one.count() * USUAL));
        }
        return text.toString();
    }

    private static void operation(StringBuilder text, String name, long count, String unit, long sum) {
        boolean bytes = unit.equals("bytes");
        padded(text.append("  "), name + ":", 17).append("{ samples: ").append(count);
        text.append(", unit: ").append(unit);
        text.append(", min: ").append(count == 0 ? 0 : bytes ? SMALLEST : QUICKEST);
        text.append(", max: ").append(count == 0 ? 0 : bytes ? LARGEST : SLOWEST);
        text.append(", sum: ").append(sum).append(", sumsq: ").append((long) squares(sum, count));
        text.append(bytes ? ", hist: {  } }\n" : " }\n");
    }

    private static double squares(long sum, long count) {
        return count == 0 ? 0 : (double) sum * sum / count;
    }

    private static StringBuilder padded(StringBuilder text, String name, int width) {
        text.append(name);
        return text.repeat(' ', Math.max(1, width - name.length()));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d000000", millis / 1000, millis % 1000);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
