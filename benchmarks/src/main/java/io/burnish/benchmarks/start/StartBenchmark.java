package io.burnish.benchmarks.start;

import io.burnish.benchmarks.lab.Lab;
import io.burnish.benchmarks.measure.MemoryUse;
import io.burnish.benchmarks.measure.ProcessorTime;
import io.burnish.benchmarks.report.Figure;
import io.burnish.benchmarks.report.Report;
import io.burnish.standalone.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All processes are started on no data, left alone, ended, and started again on what is there. What they are compared with was measured
 * once, on two cores with JDK 25: PostgreSQL, Kafka and seven Quarkus services with the same libraries and one table each.
 */
public final class StartBenchmark {

    private static final String BARE = "seven bare services";
    private static final double BARE_FRESH_SECONDS = 24.9;
    private static final double BARE_RSS_GIB = 2.1;
    private static final double BARE_PSS_GIB = 1.6;
    private static final double GIB = 1L << 30;

    private final Duration rest;

    /** One that leaves the processes alone for that long before it looks at them. */
    public StartBenchmark(Duration rest) {
        this.rest = rest;
    }

    /** Measures on fresh data in a directory. */
    public Report run(Path data) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (Lab lab = Lab.start(data, Map.of())) {
            figures.add(ready("ready on no data", lab).beside(BARE, BARE_FRESH_SECONDS));
            figures.add(used(lab));
            figures.addAll(atRest(lab.suite()));
            lab.requireNoRestarts();
        }
        try (Lab lab = Lab.start(data, Map.of())) {
            figures.add(ready("ready on the same data", lab));
            figures.add(used(lab));
            lab.requireNoRestarts();
        }
        return new Report(
                figures,
                0,
                List.of(
                        "memory and CPU of all processes but the supervisor, %d s after they were ready, without servers"
                                .formatted(rest.toSeconds())));
    }

    private static Figure ready(String what, Lab lab) {
        return Figure.lower(what, lab.suite().readyAfter().toMillis() / 1e3, "s");
    }

    /** Unlike the time, it hardly depends on what else the machine does. */
    private static Figure used(Lab lab) {
        double micros = ProcessorTime.of(lab.suite()::processes).read().totalMicros();
        return Figure.lower("CPU until then", micros / 1e6, "s");
    }

    private List<Figure> atRest(Suite suite) throws InterruptedException {
        ProcessorTime.Meter meter = ProcessorTime.of(suite::processes);
        Thread.sleep(rest.dividedBy(2));
        ProcessorTime before = meter.read();
        long begin = System.nanoTime();
        Thread.sleep(rest.dividedBy(2));
        double micros = meter.read().minus(before).totalMicros();
        double idle = 100 * micros * 1e3 / (System.nanoTime() - begin);
        MemoryUse memory = MemoryUse.of(suite.processes().values());
        return List.of(
                Figure.lower("resident, shared pages counted in each process (RSS)", memory.rssBytes() / GIB, "GiB")
                        .beside(BARE, BARE_RSS_GIB),
                Figure.lower("resident, shared pages counted once (PSS)", memory.pssBytes() / GIB, "GiB")
                        .beside(BARE, BARE_PSS_GIB),
                Figure.lower("CPU at rest", idle, "% of a core"));
    }
}
