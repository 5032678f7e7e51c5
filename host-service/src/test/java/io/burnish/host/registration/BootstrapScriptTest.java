package io.burnish.host.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the installer with the system's shell, and programs in place of those that would change this machine. */
class BootstrapScriptTest {

    private static final String SECRET = "0123456789ABCDEF0123456789ABCDEF";
    private static final String AUTHORITY = "-----BEGIN CERTIFICATE-----\nMIIB$HOME`x`\n-----END CERTIFICATE-----\n";

    private static final String REPOSITORIES =
            "[lustre]\nbaseurl=https://packages.lab/lustre/$releasever/\nsslcacert = /var/lib/chroma/authority.crt\n";

    @TempDir
    private Path machine;

    private Path programs;

    @BeforeEach
    void layOut() throws Exception {
        programs = Files.createDirectories(machine.resolve("bin"));
        Path agent = Files.createDirectories(machine.resolve("content/burnish-agent/bin"));
        Files.writeString(
                agent.resolve("install.sh"),
                "echo installing\necho \"install $(umask)\" >> '%s/did'\n".formatted(machine));
        run(new ProcessBuilder(
                "tar",
                "czf",
                machine.resolve("agent.tar.gz").toString(),
                "-C",
                machine.resolve("content").toString(),
                "burnish-agent"));
        program(
                "curl",
                "echo \"curl $*\" >> '%1$s/did'; while [ \"$1\" != -o ]; do shift; done; cp '%1$s/agent.tar.gz' \"$2\"");
        program("systemctl", "echo \"systemctl $*\" >> '%1$s/did'; echo noise");
        program("date", "exit 1");
        program("burnish-agent", "echo \"register $*\" >> '%1$s/did'; echo '{\"host_id\": 3, \"command_id\": 12}'");
    }

    private void program(String name, String text) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text.formatted(machine) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String script() {
        ObjectNode profile = JsonNodeFactory.instance
                .objectNode()
                .put("name", "base_managed_rh7")
                .put("ui_description", "it's $HOME `and` \"more\"");
        return new BootstrapScript("https://manager.lab:443/", SECRET, AUTHORITY, profile, REPOSITORIES, 1_700_000_000L)
                .text();
    }

    private record Ended(int status, String out, String err) {}

    private Ended run() throws Exception {
        String local = script().replace("state=/var/lib/chroma", "state='" + machine.resolve("state") + "'")
                .replace(
                        "/etc/yum.repos.d",
                        Files.createDirectories(machine.resolve("repositories")).toString())
                .replace(
                        "/usr/sbin/burnish-agent",
                        programs.resolve("burnish-agent").toString());
        Path file = Files.writeString(machine.resolve("setup.sh"), local);
        ProcessBuilder shell = new ProcessBuilder("sh").redirectInput(file.toFile());
        Map<String, String> environment = shell.environment();
        environment.put("PATH", programs + ":" + environment.get("PATH"));
        return run(shell);
    }

    private Ended run(ProcessBuilder builder) throws Exception {
        Path err = machine.resolve("stderr");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    @Test
    void theScriptIsTheOneThatServersKnow() throws Exception {
        try (var golden = getClass().getResourceAsStream("/registration/setup.sh")) {
            assertThat(script()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void itInstallsRegistersStartsAndPrintsNothingButTheRegistration() throws Exception {
        Ended ended = run();
        assertThat(ended.err()).doesNotContain("not found");
        assertThat(ended.out()).isEqualTo("{\"host_id\": 3, \"command_id\": 12}\n");
        assertThat(ended.status()).isZero();
        Path state = machine.resolve("state");
        assertThat(Files.readString(state.resolve("manager.crt"))).isEqualTo(AUTHORITY);
        assertThat(CommandNeighbour.json(Files.readString(state.resolve("profile.json")))
                        .get("ui_description")
                        .asText())
                .isEqualTo("it's $HOME `and` \"more\"");
        Path repositories = machine.resolve("repositories/Intel-Lustre-Agent.repo");
        assertThat(Files.readString(repositories)).isEqualTo(REPOSITORIES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(repositories)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.readAllLines(machine.resolve("did")))
                .containsExactly(
                        "systemctl stop chroma-agent",
                        "curl -sSf --cacert %1$s/manager.crt -o %1$s/package/agent.tar.gz https://manager.lab:443/agent/package/%2$s/burnish-agent.tar.gz"
                                .formatted(state, SECRET),
                        "install 0022",
                        "register register --url https://manager.lab:443/ --secret %2$s --ca-file %1$s/manager.crt --profile %1$s/profile.json"
                                .formatted(state, SECRET),
                        "systemctl enable chroma-agent",
                        "systemctl restart chroma-agent");
        assertThat(Files.getPosixFilePermissions(state.resolve("manager.crt")).toString())
                .doesNotContain("OTHERS", "GROUP");
    }

    @Test
    void whatFailsEndsItWithoutARegistration() throws Exception {
        program("burnish-agent", "echo refused >&2; exit 1");
        Ended ended = run();
        assertThat(ended.status()).isNotZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("refused");
        assertThat(Files.readString(machine.resolve("did"))).doesNotContain("restart");
    }
}
