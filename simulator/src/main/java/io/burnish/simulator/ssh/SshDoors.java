package io.burnish.simulator.ssh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.simulator.server.Rack;
import io.burnish.simulator.server.VirtualServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** A real SSH server for each virtual server, on the loopback address: {@code root} with the password or with any key that is allowed. */
public final class SshDoors implements AutoCloseable {

    private final List<SshServer> servers = new ArrayList<>();

    private SshDoors() {}

    /**
     * Opens the doors and writes {@code ssh-hosts.json} with their addresses by server name.
     *
     * @param password of {@code root} on every server
     */
    public static SshDoors open(Rack rack, Path directory, String password, Vertx vertx) throws IOException {
        SshDoors doors = new SshDoors();
        Map<String, String> addresses = new LinkedHashMap<>();
        Path keys = directory.resolve("ssh-keys");
        Files.createDirectories(keys);
        for (VirtualServer server : rack.servers()) {
            String fqdn = server.machine().fqdn;
            SshServer ssh = SshServer.setUpDefaultServer();
            ssh.setHost("127.0.0.1");
            ssh.setPort(0);
            SimpleGeneratorHostKeyProvider key = new SimpleGeneratorHostKeyProvider(keys.resolve(fqdn));
            key.setAlgorithm("EC");
            ssh.setKeyPairProvider(key);
            ssh.setPasswordAuthenticator((user, given, session) -> user.equals("root") && given.equals(password));
            ssh.setCommandFactory((channel, line) -> new ShellCommand(server, rack, vertx, line));
            ssh.start();
            doors.servers.add(ssh);
            addresses.put(fqdn, "127.0.0.1:" + ssh.getPort());
        }
        Path file = directory.resolve("ssh-hosts.json");
        Path fresh = directory.resolve("ssh-hosts.json.new");
        Files.writeString(fresh, new ObjectMapper().writeValueAsString(addresses));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return doors;
    }

    @Override
    public void close() throws IOException {
        for (SshServer server : servers) {
            server.stop(true);
        }
    }

    /** One command of a session. */
    private static final class ShellCommand implements Command {

        private final VirtualServer server;
        private final Rack rack;
        private final Vertx vertx;
        private final String line;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;
        private Thread thread;

        ShellCommand(VirtualServer server, Rack rack, Vertx vertx, String line) {
            this.server = server;
            this.rack = rack;
            this.vertx = vertx;
            this.line = line;
        }

        @Override
        public void setInputStream(InputStream in) {
            // commands read nothing
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            thread = Thread.ofPlatform().daemon().start(this::run);
        }

        private void run() {
            try {
                VirtualShell.Output output = new VirtualShell(new ShellCommands(server, rack, vertx)).run(line);
                out.write(output.stdout().getBytes(StandardCharsets.UTF_8));
                out.flush();
                err.write(output.stderr().getBytes(StandardCharsets.UTF_8));
                err.flush();
                exit.onExit(output.rc());
            } catch (IOException | RuntimeException e) {
                exit.onExit(255, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                exit.onExit(130, "interrupted");
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
