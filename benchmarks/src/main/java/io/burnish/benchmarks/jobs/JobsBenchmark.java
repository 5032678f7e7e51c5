package io.burnish.benchmarks.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.benchmarks.lab.Lab;
import io.burnish.benchmarks.lab.SimulatedServers;
import io.burnish.benchmarks.measure.ProcessorTime;
import io.burnish.benchmarks.report.Figure;
import io.burnish.benchmarks.report.Report;
import io.burnish.platform.postgres.PostgresAddress;
import io.burnish.standalone.client.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As many jobs as the chain can carry: LNet of many simulated servers is stopped and started without a pause. Each job has two steps
 * with an agent action each; the servers answer at once.
 */
public final class JobsBenchmark {

    private static final double GOAL = 300;
    private static final Duration DRAIN = Duration.ofMinutes(2);

    private final Settings settings;

    /**
     * How.
     *
     * @param pairs of servers
     * @param crew servers in one command
     * @param underWay commands at a time for each crew
     * @param warmUp before it is measured
     * @param measured how long
     */
    public record Settings(int pairs, int crew, int underWay, Duration warmUp, Duration measured) {}

    /** One with these settings. */
    public JobsBenchmark(Settings settings) {
        this.settings = settings;
    }

    private record Measured(JobLedger.Outcomes outcomes, Duration time, ProcessorTime usage, double p50, double p99) {}

    /** Measures on fresh data in a directory. */
    public Report run(Path data) throws IOException, InterruptedException, SQLException, ExecutionException {
        try (Lab lab = Lab.start(data, simulator());
                JobLedger ledger = new JobLedger(lab.postgres());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ApiClient client = lab.login();
            new SimulatedServers(lab.suite().simulator()).addTo(client);
            List<Crew> crews = crews(client);
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (Crew crew : crews) {
                PostgresAddress postgres = lab.postgres();
                work.add(CompletableFuture.runAsync(() -> crew.work(postgres, DRAIN), threads));
            }
            Measured measured;
            try {
                measured = measure(lab, ledger);
            } finally {
                crews.forEach(Crew::stop);
            }
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).get();
            lab.requireNoRestarts();
            return report(measured, crews, ledger);
        }
    }

    /** Servers that answer at once: real ones do not share one disk, and not with the manager. */
    private Map<String, String> simulator() {
        return Map.of("BURNISH_SIM_PAIRS", Integer.toString(settings.pairs()), "BURNISH_SIM_DURABLE", "false");
    }

    private List<Crew> crews(ApiClient client) {
        List<Long> lnets = new ArrayList<>();
        for (JsonNode lnet : client.get("/api/lnet_configuration/?limit=0")
                .orThrow("GET /api/lnet_configuration/")
                .path("objects")) {
            lnets.add(lnet.path("id").asLong());
        }
        List<Crew> crews = new ArrayList<>();
        for (int from = 0; from < lnets.size(); from += settings.crew()) {
            List<Long> some = lnets.subList(from, Math.min(from + settings.crew(), lnets.size()));
            crews.add(new Crew(client, some, settings.underWay()));
        }
        return crews;
    }

    private Measured measure(Lab lab, JobLedger ledger) throws SQLException, InterruptedException {
        ProcessorTime.Meter meter = ProcessorTime.of(lab::processes);
        Thread.sleep(settings.warmUp());
        long newest = ledger.newestJob();
        JobLedger.Outcomes before = ledger.outcomes();
        ProcessorTime usedBefore = meter.read();
        long begin = System.nanoTime();
        Thread.sleep(settings.measured());
        JobLedger.Outcomes outcomes = ledger.outcomes().minus(before);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        ProcessorTime usage = meter.read().minus(usedBefore);
        return new Measured(outcomes, time, usage, ledger.runMillis(50, newest), ledger.runMillis(99, newest));
    }

    private Report report(Measured measured, List<Crew> crews, JobLedger ledger) throws SQLException {
        double seconds = measured.time().toNanos() / 1e9;
        long jobs = measured.outcomes().succeeded();
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.higher("jobs complete", jobs / seconds, "1/s").beside("goal", GOAL));
        figures.add(Figure.lower("first step to end of job: p50", measured.p50(), "ms"));
        figures.add(Figure.lower("first step to end of job: p99", measured.p99(), "ms"));
        figures.add(Figure.lower("CPU per job: all", measured.usage().totalMicros() / jobs / 1e3, "ms"));
        measured.usage()
                .byName()
                .keySet()
                .forEach(name -> figures.add(
                        Figure.lower("CPU per job: " + name, measured.usage().micros(name) / jobs / 1e3, "ms")));
        long refused = crews.stream().mapToLong(Crew::refused).sum();
        List<String> notes = new ArrayList<>();
        notes.add("%d servers, commands of %d jobs, %d at a time for each %d servers, %d s of warm-up, %.1f s measured"
                .formatted(
                        2 * settings.pairs(),
                        2 * settings.crew(),
                        settings.underWay(),
                        settings.crew(),
                        settings.warmUp().toSeconds(),
                        seconds));
        crews.stream()
                .map(Crew::firstRefusal)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(refusal -> notes.add("first refused command: " + refusal));
        if (measured.outcomes().others() > 0) {
            notes.add("first job that did not succeed: " + ledger.firstFailure());
        }
        return new Report(figures, measured.outcomes().others() + refused, notes);
    }
}
