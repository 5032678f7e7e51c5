package io.burnish.host.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/** A server that we are logged in on. Used by one thread. */
public final class SshConnection implements AutoCloseable {

    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final long SLICE_MILLIS = 250;
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int NO_STATUS = -1;

    private final ClientSession session;
    private final SshAddress address;

    SshConnection(ClientSession session, SshAddress address) {
        this.session = session;
        this.address = address;
    }

    /**
     * Runs a shell command with all rights: where the login is not root's, by {@code sudo}. Of each stream the first
     * {@value #MOST_OUTPUT} bytes are kept.
     *
     * @throws InterruptedException if the thread is interrupted; the command may go on
     */
    public SshResult run(String command, Duration timeout) throws SshFailure, InterruptedException {
        Kept out = new Kept();
        Kept err = new Kept();
        try (ChannelExec channel = session.createExecChannel(address.isRoot() ? command : asRoot(command))) {
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(OPENING);
            awaitEnd(channel, command, timeout);
            Integer status = channel.getExitStatus();
            return new SshResult(status == null ? NO_STATUS : status, out.text(), err.text());
        } catch (IOException e) {
            throw new SshFailure(
                    SshFailure.Kind.BROKEN,
                    "The SSH connection to %s broke during a command: %s. Check the server and try again."
                            .formatted(address, e.getMessage()),
                    e);
        }
    }

    private void awaitEnd(ChannelExec channel, String command, Duration timeout)
            throws SshFailure, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SLICE_MILLIS);
            if (events.contains(ClientChannelEvent.CLOSED)) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() > end) {
                throw new SshFailure(
                        SshFailure.Kind.BROKEN,
                        "'%s' on %s did not end within %d s.".formatted(shown(command), address, timeout.toSeconds()),
                        null);
            }
        }
    }

    /** Addresses in commands can hold secrets of registration. */
    private static String shown(String command) {
        int blank = command.indexOf(' ');
        return blank < 0 ? command : command.substring(0, blank) + " …";
    }

    private static String asRoot(String command) {
        return "sudo -n sh -c " + quoted(command);
    }

    /** A word of a shell command. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        session.close(true);
    }

    /** The beginning of a stream. */
    private static final class Kept extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, Math.clamp(MOST_OUTPUT - count, 0, length));
        }

        @Override
        public synchronized void write(int value) {
            if (count < MOST_OUTPUT) {
                super.write(value);
            }
        }

        synchronized String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
