package io.burnish.benchmarks.ingest;

import io.burnish.benchmarks.lab.Lab;
import io.burnish.benchmarks.measure.ProcessorTime;
import io.burnish.benchmarks.report.Figure;
import io.burnish.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Servers that come back after a while and send what they have kept, as fast as wanted: how many readings a second are stored, what they
 * cost, and how long a query of a day takes meanwhile. Every reading that Kafka took must be found in the database in the end.
 */
public final class IngestBenchmark {

    private static final Duration DAY = Duration.ofHours(23);
    private static final int HISTORY_SERVERS = 2;
    /** As {@code burnish.metrics.upkeep-interval} is by default. */
    private static final Duration UPKEEP = Duration.ofMinutes(5);
    /** Between two readings of the history, so that none of them is a repetition. */
    private static final Duration ASIDE = Duration.ofSeconds(5);

    private final Settings settings;

    /**
     * How.
     *
     * @param servers with six targets each
     * @param points a second
     * @param time of sending
     */
    public record Settings(int servers, int points, Duration time) {

        /** How many times faster than the servers' clocks time goes by. */
        double haste() {
            return (double) points / Samples.POINTS * SampleSender.BETWEEN.toSeconds() / servers;
        }

        /** The interval in which an installation moves samples into chunks, as much shorter as time goes by faster. */
        String upkeepInterval() {
            return Duration.ofMillis(Math.max(1_000, Math.round(UPKEEP.toMillis() / haste())))
                    .toString();
        }
    }

    /** One with these settings. */
    public IngestBenchmark(Settings settings) {
        this.settings = settings;
    }

    /** Measures on fresh data in a directory. */
    public Report run(Path data) throws IOException, InterruptedException, SQLException {
        try (Lab lab = Lab.start(data, Map.of("BURNISH_METRICS_UPKEEP_INTERVAL", settings.upkeepInterval()));
                StoredPoints stored = new StoredPoints(lab.postgres());
                SampleSender sender = new SampleSender(lab.kafka())) {
            stored.seed(settings.servers());
            Instant now = Instant.now();
            long rounds = DAY.dividedBy(SampleSender.BETWEEN);
            long history = sender.send(
                    Samples::part, HISTORY_SERVERS, now.minus(DAY), rounds, Double.MAX_VALUE, Duration.ofHours(1));
            stored.await(history * Samples.TARGETS * Samples.ten().size());
            stored.awaitRollUp();
            Report report = measure(lab, stored, sender, now);
            lab.requireNoRestarts();
            return report;
        }
    }

    private Report measure(Lab lab, StoredPoints stored, SampleSender sender, Instant end)
            throws IOException, InterruptedException, SQLException {
        RangeQueries queries = new RangeQueries(lab.login(), end);
        queries.once();
        Thread asking = Thread.ofPlatform().start(queries);
        long before = stored.count();
        // warm up, with readings of their own time
        sender.send(
                Samples::sampling,
                settings.servers(),
                end.minus(Duration.ofHours(3)).plus(ASIDE),
                60,
                rate(),
                settings.time().dividedBy(4));
        long kept = awaitQuiet(stored, before);
        queries.beginMeasuring();
        ProcessorTime.Meter meter = ProcessorTime.of(lab::processes);
        ProcessorTime used = meter.read();
        long begin = System.nanoTime();
        long samplings = sender.send(
                Samples::sampling,
                settings.servers(),
                end.minus(Duration.ofHours(2)).plus(ASIDE),
                Long.MAX_VALUE,
                rate(),
                settings.time());
        double sending = seconds(begin);
        long points = samplings * Samples.POINTS;
        Duration late = stored.await(kept + points);
        double all = seconds(begin);
        ProcessorTime cost = meter.read().minus(used);
        queries.stop();
        asking.join();
        long found = stored.count() - kept;
        if (found != points) {
            throw new IllegalStateException("sent %d readings, but %d are stored".formatted(points, found));
        }
        return report(points, sending, all, late, cost, queries);
    }

    private double rate() {
        return (double) settings.points() / Samples.POINTS;
    }

    /** How many are stored when no more come. */
    private static long awaitQuiet(StoredPoints stored, long atLeast) throws SQLException, InterruptedException {
        long last = atLeast;
        while (true) {
            Thread.sleep(3_000);
            long present = stored.count();
            if (present == last) {
                return present;
            }
            last = present;
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private Report report(
            long points, double sending, double all, Duration late, ProcessorTime cost, RangeQueries queries) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.higher("readings sent", points / sending, "1/s").beside("goal", settings.points()));
        figures.add(Figure.higher("readings stored", points / all, "1/s").beside("goal", settings.points()));
        figures.add(Figure.lower("last one stored after it was sent", late.toMillis() / 1e3, "s"));
        figures.add(Figure.lower("readings lost", 0, "").beside("goal", 0));
        for (int percent : List.of(50, 99)) {
            Figure figure = Figure.lower(
                    "24 h of 100 series meanwhile: p" + percent,
                    queries.latencies().percentileMillis(percent),
                    "ms");
            figures.add(percent == 99 ? figure.beside("goal", 100) : figure);
        }
        double hundredThousands = points / 1e5;
        figures.add(Figure.lower("CPU of 100,000 readings", cost.totalMicros() / 1e6 / hundredThousands, "s"));
        cost.byName().keySet().stream()
                .filter(process -> cost.micros(process) / cost.totalMicros() > 0.01)
                .forEach(process -> figures.add(
                        Figure.lower("of it " + process, cost.micros(process) / 1e6 / hundredThousands, "s")));
        List<String> notes = new ArrayList<>();
        notes.add("%d servers, %d series, %d readings in %.0f s; %d queries"
                .formatted(
                        settings.servers(),
                        settings.servers() * Samples.POINTS,
                        points,
                        all,
                        queries.latencies().count()));
        if (queries.problem() != null) {
            notes.add("a query failed: " + queries.problem());
        }
        return new Report(figures, queries.problem() == null ? 0 : 1, notes);
    }
}
