package io.burnish.benchmarks;

import io.burnish.benchmarks.lab.Workspace;
import io.burnish.benchmarks.report.FigureFile;
import io.burnish.benchmarks.report.Machine;
import io.burnish.benchmarks.report.Report;
import io.burnish.benchmarks.report.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every benchmark, and the run of one with them. */
final class RunOptions {

    @Option(names = "--out", paramLabel = "FILE", description = "Append the figures to this file, as JSON lines.")
    private Path out;

    @Option(names = "--keep", description = "Leave data and log of the suite where they are.")
    private boolean keep;

    /** Measures. */
    @FunctionalInterface
    interface Work {
        /** On fresh data in that directory, which does not exist yet. */
        Report measure(Path data) throws Exception;
    }

    /** The same options as arguments. */
    String[] arguments() {
        List<String> arguments = new ArrayList<>();
        if (out != null) {
            arguments.addAll(List.of("--out", out.toString()));
        }
        if (keep) {
            arguments.add("--keep");
        }
        return arguments.toArray(String[]::new);
    }

    /** Measures and shows; 0, or 1 if it could not be measured, which is said then. */
    int run(String name, Work work) {
        Machine machine = Machine.present();
        Instant at = Instant.now();
        System.out.println(name + " on " + machine.line());
        try (Workspace workspace = Workspace.create(keep)) {
            Report report = work.measure(workspace.path("data"));
            show(report);
            if (out != null) {
                new FigureFile(out).append(name, at, machine, report);
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notMeasured(name, e);
        } catch (Exception e) {
            return notMeasured(name, e);
        }
    }

    private static void show(Report report) {
        Table.lines(report.figures()).forEach(System.out::println);
        System.out.println("  failures: " + report.failures());
        report.notes().forEach(note -> System.out.println("  " + note));
        System.out.println();
    }

    private static int notMeasured(String name, Exception cause) {
        System.err.println(name + " could not be measured: " + cause);
        for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
            System.err.println("  because of " + deeper);
        }
        return 1;
    }
}
