package io.burnish.agent.ntp;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time source is set and can be given back, agent contract 11. */
class NtpActionsTest {

    private static final String ORIGINAL =
            "driftfile /var/lib/ntp/drift\nserver 0.pool iburst\nserver 1.pool iburst\nkeys /etc/ntp/keys\n";

    @Test
    void theFirstServerIsReplacedAndTheOthersAreSwitchedOff() {
        assertThat(NtpConfiguration.NTPD.edit(ORIGINAL, Optional.of("manager.lab.example")))
                .isEqualTo("""
                        driftfile /var/lib/ntp/drift
                        server manager.lab.example iburst # IML_EDITv1 server 0.pool iburst
                        # IML_EDITv1 server 1.pool iburst
                        keys /etc/ntp/keys
                        """);
    }

    @Test
    void everyEditCanBeUndone() {
        for (String server : new String[] {"manager.lab.example", "localhost"}) {
            String edited = NtpConfiguration.NTPD.edit(ORIGINAL, Optional.of(server));
            assertThat(NtpConfiguration.NTPD.edit(edited, Optional.empty())).isEqualTo(ORIGINAL);
            assertThat(NtpConfiguration.NTPD.edit(edited, Optional.of("other")))
                    .isEqualTo(NtpConfiguration.NTPD.edit(ORIGINAL, Optional.of("other")));
        }
        String without = "driftfile /x\n";
        assertThat(NtpConfiguration.NTPD.edit(NtpConfiguration.NTPD.edit(without, Optional.of("a")), Optional.empty()))
                .isEqualTo(without);
    }

    @Test
    void localhostMeansTheLocalClock() {
        assertThat(NtpConfiguration.NTPD.edit("server 0.pool\n", Optional.of("localhost")))
                .isEqualTo(
                        "server  127.127.1.0 # IML_EDITv1\nfudge   127.127.1.0 stratum 10 # IML_EDITv1 server 0.pool\n");
    }

    @Test
    void aFileWithoutServersGetsOneAtItsEnd() {
        assertThat(NtpConfiguration.NTPD.edit("driftfile /x\n", Optional.of("a")))
                .isEqualTo("driftfile /x\nserver a iburst # IML_EDITv1\n");
    }

    @Test
    void theServiceIsRestartedWithTheNewFile(@TempDir Path state) {
        ScriptedHost host = new ScriptedHost(state).file("/etc/ntp.conf", ORIGINAL);
        host.on("systemctl is-active ntpd", failed(3, ""), ok("active"));
        Actions.of(NtpActions.all(), host).succeed("configure_ntp", "{'ntp_server':'manager.lab.example'}");
        assertThat(host.text("/etc/ntp.conf").orElseThrow()).contains("server manager.lab.example iburst");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl stop ntpd",
                        "systemctl is-active ntpd",
                        "systemctl start ntpd",
                        "systemctl is-active ntpd");
        host.on("systemctl is-active ntpd", failed(3, ""), ok("active"));
        ScriptedHost again = new ScriptedHost(state)
                .file("/etc/ntp.conf", host.text("/etc/ntp.conf").orElseThrow());
        again.on("systemctl is-active ntpd", failed(3, ""), ok("active"));
        Actions.of(NtpActions.all(), again).succeed("unconfigure_ntp", "{}");
        assertThat(again.text("/etc/ntp.conf")).contains(ORIGINAL);
    }

    @Test
    void currentSystemsHaveChrony(@TempDir Path state) {
        ScriptedHost host = new ScriptedHost(state).file("/etc/chrony.conf", "pool 2.pool iburst\nrtcsync\n");
        host.on("systemctl is-active chronyd", failed(3, ""), ok("active"));
        Actions.of(NtpActions.all(), host).succeed("configure_ntp", "{'ntp_server':'10.0.0.1'}");
        assertThat(host.text("/etc/chrony.conf"))
                .contains("server 10.0.0.1 iburst # IML_EDITv1 pool 2.pool iburst\nrtcsync\n");
        assertThat(host.commands()).contains("systemctl start chronyd");
        assertThat(NtpConfiguration.CHRONY.edit("rtcsync\n", Optional.of("localhost")))
                .isEqualTo("rtcsync\nlocal stratum 10 # IML_EDITv1\n");
    }
}
