package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.simulator.control.ControlApi;
import io.burnish.simulator.power.FenceScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated units and BMCs through the fence agents that a manager runs: real processes. */
class PowerTest {

    private static final String UNIT = "login=apc\npasswd=apc\nipaddr=10.73.11.%d\naction=%s\nport=%s\n";
    private static final String BMC = "login=root\npasswd=%s\nipaddr=10.73.12.12\naction=%s\n";

    @TempDir
    Path directory;

    private Rig rig;
    private ControlApi control;

    private record Answer(int status, String stdout, String stderr) {}

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
        control = ControlApi.open(rig.rack, 0);
        FenceScripts.write(directory, control.port());
    }

    @AfterEach
    void close() {
        control.close();
        rig.close();
    }

    private Answer fence(String agent, String options) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        directory.resolve("fence-agents").resolve(agent).toString())
                .start();
        try (var input = process.getOutputStream()) {
            input.write(options.getBytes(StandardCharsets.UTF_8));
        }
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String stderr = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), stdout, stderr);
    }

    private boolean runs() {
        return rig.lab.look(() -> rig.server("mds2").machine().poweredOn);
    }

    @Test
    void aServerRunsOnEitherSupply() throws Exception {
        assertThat(fence("fence_apc", UNIT.formatted(1, "monitor", ""))).isEqualTo(new Answer(0, "", ""));
        assertThat(fence("fence_apc", UNIT.formatted(1, "status", "2"))).isEqualTo(new Answer(0, "Status: ON\n", ""));
        String boot = rig.server("mds2").bootId();

        assertThat(fence("fence_apc", UNIT.formatted(1, "off", "2")).stdout()).isEqualTo("Success: Powered OFF\n");
        assertThat(runs()).isTrue();
        assertThat(fence("fence_apc", UNIT.formatted(2, "off", "2")).status()).isZero();
        assertThat(runs()).isFalse();
        assertThat(fence("fence_apc", UNIT.formatted(2, "status", "2"))).isEqualTo(new Answer(2, "Status: OFF\n", ""));
        assertThat(fence("fence_apc", UNIT.formatted(2, "list-status", "")).stdout())
                .startsWith("1,mds1.lab.example,ON\n2,mds2.lab.example,OFF\n3,,ON\n");
        // without standby power there is no BMC
        assertThat(fence("fence_ipmilan", BMC.formatted("calvin", "monitor")).status())
                .isEqualTo(1);

        assertThat(fence("fence_apc", UNIT.formatted(1, "on", "2")).status()).isZero();
        assertThat(runs()).isTrue();
        assertThat(rig.server("mds2").bootId()).isNotEqualTo(boot);
    }

    @Test
    void aBmcSwitchesItsServer() throws Exception {
        assertThat(fence("fence_ipmilan", BMC.formatted("wrong", "status")).status())
                .isEqualTo(1);
        assertThat(fence("fence_ipmilan", BMC.formatted("calvin", "off")).status())
                .isZero();
        assertThat(runs()).isFalse();
        assertThat(fence("fence_ipmilan", BMC.formatted("calvin", "status")).status())
                .isEqualTo(2);
        // the supplies have power, but the chassis stays off
        assertThat(fence("fence_apc", UNIT.formatted(1, "reboot", "2")).status())
                .isZero();
        assertThat(runs()).isFalse();
        assertThat(fence("fence_ipmilan", BMC.formatted("calvin", "on")).status())
                .isZero();
        assertThat(runs()).isTrue();
    }

    @Test
    void whatIsNotThereDoesNotAnswer() throws Exception {
        assertThat(fence("fence_apc", UNIT.formatted(9, "monitor", "")).stderr())
                .isEqualTo("Failed: Unable to connect to 10.73.11.9\n");
        assertThat(fence("fence_apc", UNIT.formatted(1, "off", "99")).status()).isEqualTo(1);
        assertThat(fence("fence_apc", UNIT.replace("passwd=apc", "passwd=x").formatted(1, "monitor", ""))
                        .stderr())
                .contains("login");
    }
}
