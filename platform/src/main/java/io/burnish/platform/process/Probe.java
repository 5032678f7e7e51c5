package io.burnish.platform.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the machine by trying. */
public final class Probe {

    private Probe() {}

    /** Whether the command ends with success within five seconds. Its output is not shown. */
    public static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
