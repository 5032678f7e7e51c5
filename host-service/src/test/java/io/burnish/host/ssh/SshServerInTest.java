package io.burnish.host.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** A real SSH server; what commands do is up to the test. */
public final class SshServerInTest implements AutoCloseable {

    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> passwords = new CopyOnWriteArrayList<>();

    /** Starts a server with the host key in the file, which is made if it is not there. */
    public SshServerInTest(
            Path hostKey, String user, String password, PublicKey key, Function<String, SshResult> shell) {
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(hostKey);
        keys.setAlgorithm("EC");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((name, given, session) -> {
            passwords.add(given);
            return name.equals(user) && given.equals(password);
        });
        server.setPublickeyAuthenticator(
                (name, given, session) -> name.equals(user) && key != null && KeyUtils.compareKeys(key, given));
        server.setCommandFactory((channel, line) -> new Ran(line, shell));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Command lines that came. */
    public List<String> commands() {
        return commands;
    }

    /** Passwords that were tried. */
    List<String> passwords() {
        return passwords;
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Ran implements Command {

        private final String line;
        private final Function<String, SshResult> shell;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;
        private volatile Thread thread;

        Ran(String line, Function<String, SshResult> shell) {
            this.line = line;
            this.shell = shell;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            commands.add(line);
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    SshResult result = shell.apply(line);
                    out.write(result.stdout().getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    err.write(result.stderr().getBytes(StandardCharsets.UTF_8));
                    err.flush();
                    exit.onExit(result.rc());
                } catch (IOException e) {
                    exit.onExit(255, e.getMessage());
                }
            });
        }

        @Override
        public void destroy(ChannelSession channel) {
            Thread running = thread;
            if (running != null) {
                running.interrupt();
            }
        }

        @Override
        public void setInputStream(InputStream in) {
            // no command reads
        }

        @Override
        public void setOutputStream(OutputStream newOut) {
            out = newOut;
        }

        @Override
        public void setErrorStream(OutputStream newErr) {
            err = newErr;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }
    }
}
