package io.burnish.agent.sample;

import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statistics per job of an OST (monitoring 9.3 and 15.4; API contract, storage 24.3): the most active of those jobs that have done
 * anything since the last look.
 */
final class JobStats {

    private static final int REPORTED = 10;
    private static final Pattern JOB = Pattern.compile("^- job_id:\\s*(.*?)\\s*$");
    private static final Pattern TIME = Pattern.compile("^\\s+snapshot_time\\s*:\\s*([0-9.]+).*$");
    private static final Pattern OPERATION =
            Pattern.compile("^\\s+(\\w+):\\s*\\{\\s*samples:\\s*(\\d+)(?:.*?\\bsum:\\s*(\\d+))?.*$");
    // newer versions count the calls themselves as well
    private static final Set<String> DATA = Set.of("read_bytes", "write_bytes", "read", "write");

    private final Map<String, Map<String, Double>> lastSeen = new HashMap<>();

    /** What a job has done on a target. */
    static final class Job {
        private final String id;
        private double time;
        private final Map<String, Double> bytes = new HashMap<>();
        private final Map<String, Double> calls = new HashMap<>();
        private double metadata;

        Job(String id) {
            this.id = id;
        }

        double moved() {
            return bytes.getOrDefault("read_bytes", 0.0) + bytes.getOrDefault("write_bytes", 0.0);
        }
    }

    /** Adds the series of a target's active jobs. */
    void addSeries(String target, String text, List<Sample> samples) {
        Map<String, Double> seen = new HashMap<>();
        Map<String, Double> before = lastSeen.getOrDefault(target, Map.of());
        List<Job> active = new ArrayList<>();
        for (Job job : parse(text)) {
            seen.put(job.id, job.time);
            if (job.time > before.getOrDefault(job.id, 0.0)) {
                active.add(job);
            }
        }
        lastSeen.put(target, seen);
        active.sort(Comparator.comparingDouble(Job::moved).reversed());
        active.stream().limit(REPORTED).forEach(job -> addSeries(target, job, samples));
    }

    /** Forgets targets that are not served any more. */
    void retain(Set<String> targets) {
        lastSeen.keySet().retainAll(new HashSet<>(targets));
    }

    static List<Job> parse(String text) {
        List<Job> jobs = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("-")) {
                Matcher start = JOB.matcher(line);
                if (start.matches()) {
                    jobs.add(new Job(start.group(1).replaceAll("^\"(.*)\"$", "$1")));
                }
            } else if (!jobs.isEmpty()) {
                property(jobs.getLast(), line);
            }
        }
        return jobs;
    }

    private static void property(Job job, String line) {
        // most lines are operations, and most of those never happened
        Matcher property = line.indexOf('{') >= 0 ? OPERATION.matcher(line) : TIME.matcher(line);
        if (property.matches()) {
            if (property.pattern() == TIME) {
                job.time = Double.parseDouble(property.group(1));
            } else {
                add(job, property);
            }
        }
    }

    private static void add(Job job, Matcher operation) {
        String name = operation.group(1);
        double calls = Double.parseDouble(operation.group(2));
        if (!DATA.contains(name)) {
            job.metadata += calls;
            return;
        }
        job.calls.put(name, calls);
        job.bytes.put(name, operation.group(3) == null ? 0.0 : Double.parseDouble(operation.group(3)));
    }

    private static void addSeries(String target, Job job, List<Sample> samples) {
        samples.add(counter(target, "job_read_bytes_" + job.id, job.bytes.getOrDefault("read_bytes", 0.0)));
        samples.add(counter(target, "job_write_bytes_" + job.id, job.bytes.getOrDefault("write_bytes", 0.0)));
        samples.add(counter(target, "job_read_iops_" + job.id, job.calls.getOrDefault("read_bytes", 0.0)));
        samples.add(counter(target, "job_write_iops_" + job.id, job.calls.getOrDefault("write_bytes", 0.0)));
        samples.add(counter(target, "job_metadata_iops_" + job.id, job.metadata));
    }

    private static Sample counter(String target, String name, double value) {
        return new Sample(target, name, SeriesType.COUNTER, value);
    }
}
