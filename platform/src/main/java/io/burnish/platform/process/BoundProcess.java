package io.burnish.platform.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts child processes that end when this JVM ends, whatever ends it: the kernel sends them a signal, also after a
 * {@code kill -9} of this JVM.
 *
 * <p>Three properties that callers rely on:
 *
 * <ul>
 *   <li>{@link Process#pid()} is the pid of the program itself: every wrapper replaces itself ({@code exec}) by the next.
 *   <li>The kernel ties the signal to the <em>thread</em> that made the child, so children are made by one thread that never ends.
 *   <li>A child has a session of its own: Ctrl-C in a terminal reaches this JVM alone, which then ends its children in order.
 * </ul>
 *
 * <p>Where util-linux's {@code setpriv} is missing the child still runs, but survives a {@code kill -9} of this JVM.
 */
public final class BoundProcess {

    private static final List<String> OWN_SESSION =
            Executables.find("setsid").map(p -> List.of(p.toString())).orElse(List.of());

    private BoundProcess() {}

    /** Starts the program; when this JVM is gone the kernel sends it that signal. */
    public static Process start(ProcessBuilder builder, DeathSignal whenParentDies) throws IOException {
        return start(builder, List.of(), whenParentDies);
    }

    /**
     * As {@link #start(ProcessBuilder, DeathSignal)}, with a wrapper that changes the identity of the program, for example
     * {@code unshare -U --}. It runs before the signal is set, because a change of identity clears the signal.
     *
     * @throws IOException if the program cannot be started
     */
    public static Process start(ProcessBuilder builder, List<String> identity, DeathSignal whenParentDies)
            throws IOException {
        List<String> command = new ArrayList<>(OWN_SESSION);
        command.addAll(identity);
        if (Binding.AVAILABLE) {
            command.addAll(Binding.wrapper(whenParentDies));
        }
        command.addAll(builder.command());
        builder.command(command);
        return LastingThread.INSTANCE.start(builder);
    }

    /** Sends a signal to a process; one that is gone already is no error. */
    public static void signal(ProcessHandle process, DeathSignal signal) {
        try {
            // the shell's own kill: a minimal image has no program of that name
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new IllegalStateException("cannot send " + signal + " to process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether and how this machine ties a child's life to its parent's. */
    private static final class Binding {

        static final boolean AVAILABLE = works();

        static List<String> wrapper(DeathSignal signal) {
            return List.of(Executables.find("setpriv").orElseThrow().toString(), "--pdeathsig=" + signal, "--");
        }

        /** BusyBox has a setpriv without this option: ask the program itself. */
        private static boolean works() {
            if (Executables.find("setpriv").isEmpty()) {
                return false;
            }
            List<String> probe = new ArrayList<>(wrapper(DeathSignal.TERM));
            probe.add("true");
            return Probe.succeeds(probe);
        }
    }
}
