package io.burnish.standalone.tour;

import io.burnish.standalone.client.CommandWatch;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** One line per command. On a terminal it is drawn again and again; in a file it appears once, when the command has ended. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final int TEXT = 60;

    private final PrintStream out;
    private final boolean redraw;
    private final Instant begin = Instant.now();

    ProgressBar(PrintStream out, boolean redraw) {
        this.out = out;
        this.redraw = redraw;
    }

    void show(CommandWatch.Progress progress) {
        if (!redraw && !progress.ended()) {
            return;
        }
        out.print((redraw ? "\r" : "")
                + line(progress, Duration.between(begin, Instant.now()))
                + (progress.ended() ? System.lineSeparator() : ""));
        out.flush();
    }

    /** For example {@code [##########....................]   7/21 jobs   12 s  Starting filesystem demo: mount OST}. */
    static String line(CommandWatch.Progress progress, Duration since) {
        int jobs = Math.max(1, progress.jobs());
        int filled = progress.succeeded() ? WIDTH : WIDTH * progress.done() / jobs;
        String what = progress.ended()
                ? progress.message() + ": " + progress.state()
                : progress.message() + ": " + String.join(", ", progress.running());
        String cut = what.length() > TEXT ? what.substring(0, TEXT - 1) + "…" : what;
        return "  [%s%s] %3d/%d jobs %4d s  %-60s"
                .formatted(
                        "#".repeat(filled),
                        ".".repeat(WIDTH - filled),
                        progress.done(),
                        progress.jobs(),
                        since.toSeconds(),
                        cut)
                .stripTrailing()
                .concat(progress.ended() ? "" : " ".repeat(Math.max(0, TEXT - cut.length())));
    }
}
