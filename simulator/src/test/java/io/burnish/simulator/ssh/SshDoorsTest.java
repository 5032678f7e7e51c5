package io.burnish.simulator.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.server.Rack;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs in over the network, as the manager does. */
class SshDoorsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final SshClient client = SshClient.setUpDefaultClient();
    private Rack rack;
    private SshDoors doors;

    @BeforeEach
    void open() throws IOException {
        rack = new Rack(Lab.open(directory, 1), directory, vertx);
        doors = SshDoors.open(rack, directory, "lustre", vertx);
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
    }

    @AfterEach
    void close() throws IOException {
        client.stop();
        doors.close();
        rack.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Answer(Integer rc, String stdout, String stderr) {}

    private ClientSession logIn(String server, String password) throws IOException {
        String address = ContractJson.read(Files.readString(directory.resolve("ssh-hosts.json")), JsonNode.class)
                .path(server)
                .asText();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        ClientSession session =
                client.connect("root", "127.0.0.1", port).verify(LIMIT).getSession();
        session.addPasswordIdentity(password);
        session.auth().verify(LIMIT);
        return session;
    }

    private Answer run(String server, String command) throws IOException {
        try (ClientSession session = logIn(server, "lustre");
                ChannelExec channel = session.createExecChannel(command)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(LIMIT);
            assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT))
                    .contains(ClientChannelEvent.CLOSED);
            return new Answer(
                    channel.getExitStatus(),
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void rootLogsInWithThePasswordAndNobodyWithAnother() throws IOException {
        assertThat(run("mds2.lab.example", "hostname -f")).isEqualTo(new Answer(0, "mds2.lab.example\n", ""));
        assertThatThrownBy(() -> logIn("mds2.lab.example", "wrong").close()).isInstanceOf(SshException.class);
    }

    @Test
    void theTestsBeforeTheInstallationSucceed() throws IOException {
        for (String command : new String[] {
            "hostname",
            "getent hosts mds1",
            "ping -c 1 manager.lab.example",
            "yum -q list ElectricFence",
            "openssl version -a"
        }) {
            assertThat(run("mds1.lab.example", command).rc()).as(command).isZero();
        }
        assertThat(run("mds1.lab.example", "getent hosts mds1").stdout()).startsWith("10.73.10.11 ");
        assertThat(rack.lab().state().unknown).isEmpty();
    }

    @Test
    void aScriptEndsAtItsFirstFailure() throws IOException {
        assertThat(run("mds1.lab.example", "echo one\ncat /nowhere\necho two"))
                .isEqualTo(new Answer(1, "one\n", "cat: /nowhere: No such file or directory\n"));
    }

    @Test
    void variablesHereDocumentsAndRedirectionsWork() throws IOException {
        String script = """
                set -e
                dir=/var/lib/demo
                cat > "$dir/text" <<'END'
                it costs $5 || nothing
                END
                cat /nowhere >/dev/null 2>&1 || true
                echo noise >&2
                cat "${dir}/text"
                """;
        assertThat(run("mds1.lab.example", script)).isEqualTo(new Answer(0, "it costs $5 || nothing\n", "noise\n"));
    }

    @Test
    void theInstallerFailsWhenTheManagerDoesNotAnswer() throws IOException {
        Answer answer = run("mds1.lab.example", "curl -sSk 'https://127.0.0.1:1/agent/setup/x/' | sh");
        assertThat(answer.rc()).isEqualTo(7);
        assertThat(answer.stderr()).contains("curl: (7)");
        assertThat(rack.agentRuns("mds1.lab.example")).isFalse();
    }

    @Test
    void theHostKeyStaysTheSameAfterARestart() throws IOException {
        run("mds1.lab.example", "hostname");
        byte[] before = Files.readAllBytes(directory.resolve("ssh-keys/mds1.lab.example"));
        doors.close();
        doors = SshDoors.open(rack, directory, "lustre", vertx);
        run("mds1.lab.example", "hostname");
        assertThat(Files.readAllBytes(directory.resolve("ssh-keys/mds1.lab.example")))
                .isEqualTo(before);
    }
}
