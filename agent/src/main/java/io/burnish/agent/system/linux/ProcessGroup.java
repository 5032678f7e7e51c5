package io.burnish.agent.system.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process and everything that it started and that did not leave its group. The leader was started by {@code setsid}, so the
 * group's number is its process id.
 */
record ProcessGroup(long id) {

    private static final Path PROC = Path.of("/proc");
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 20;

    // fields of /proc/PID/stat after the command name in brackets: state ppid pgrp …, start time is the 20th of them
    private static final int GROUP_FIELD = 2;
    private static final int START_TIME_FIELD = 19;

    /** Asks all members to end and kills those that have not after two seconds. Returns when all are gone or a further two passed. */
    void kill() {
        signal("TERM");
        if (!gone()) {
            signal("KILL");
            gone();
        }
    }

    /** Whether any member is alive; zombies do not count. */
    boolean alive() {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String[] fields = stat(process);
                if (fields.length > START_TIME_FIELD
                        && fields[GROUP_FIELD].equals(Long.toString(id))
                        && !fields[0].equals("Z")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Start time of a process in clock ticks since boot, as text; empty if it does not exist. */
    static String startTime(long pid) {
        String[] fields = stat(PROC.resolve(Long.toString(pid)));
        return fields.length > START_TIME_FIELD ? fields[START_TIME_FIELD] : "";
    }

    private boolean gone() {
        long end = System.nanoTime() + GRACE.toNanos();
        boolean interrupted = false;
        boolean alive = alive();
        while (alive && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            alive = alive();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !alive;
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-s", name, "--", "-" + id)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static String[] stat(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            return text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
