package io.burnish.metrics.point;

import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The series of a sampling, in the order of its readings. Samplings of one object, and of objects of one kind, nearly all have the same.
 *
 * <p>The stored form is text: of each series the digit of its type and its name, with NUL between; names have none.
 *
 * @param ofJobs its series are those of jobs: never mixed with others
 */
public record Layout(boolean ofJobs, List<Series> series) {

    private static final String OF_JOBS = "job_";
    private static final SeriesType[] TYPES = SeriesType.values();

    /** A series of the object. */
    public record Series(String name, SeriesType type) {}

    /** Whether a series of that name is one of a job. */
    public static boolean isOfJob(String name) {
        return name.startsWith(OF_JOBS);
    }

    /** The stored form of the layout of these samples. */
    public static byte[] stored(List<Sample> samples) {
        StringBuilder text = new StringBuilder(20 * samples.size());
        for (Sample sample : samples) {
            if (!text.isEmpty()) {
                text.append('\0');
            }
            text.append((char) ('0' + sample.type().ordinal())).append(sample.name());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The layout of a stored form. */
    public static Layout of(byte[] stored) {
        String text = new String(stored, StandardCharsets.UTF_8);
        List<Series> series = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            int end = text.indexOf('\0', begin);
            end = end < 0 ? text.length() : end;
            series.add(new Series(text.substring(begin + 1, end), TYPES[text.charAt(begin) - '0']));
            begin = end + 1;
        }
        return new Layout(!series.isEmpty() && isOfJob(series.getFirst().name()), List.copyOf(series));
    }
}
