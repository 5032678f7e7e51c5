package io.burnish.alert.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes, events and mentions of log lines, on the samples of the specification (monitoring 7.2 and 8). */
class SyslogRulesTest {

    private static final String CLIENT = "0f2c5b1e-77aa-4be0-9d3a-a1b2c3d4e5f6";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Lustre: fs1-OST0003: Connection restored|LUSTRE",
                " LustreError: 11-0: x|LUSTRE_ERROR",
                "[1043.118273] Lustre: x|LUSTRE",
                "[1043.118273] LustreError: x|LUSTRE_ERROR",
                "[abc] Lustre: x|NORMAL",
                "kernel: Lustre: x|NORMAL",
                "  Lustre: x|NORMAL",
                "LustreErrors: x|NORMAL"
            })
    void classes(String text, MessageClass expected) {
        assertThat(MessageClass.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3, COPYTOOL_ERROR", "40, COPYTOOL_ERROR", "6, COPYTOOL", "20, COPYTOOL", "30, COPYTOOL"})
    void classesOfCopytools(int severity, MessageClass expected) {
        assertThat(MessageClass.ofCopytool(severity)).isEqualTo(expected);
    }

    @Test
    void clientConnects() {
        assertThat(SyslogRules.of(
                        "Lustre: 4711:0:(ldlm_lib.c:900:target_handle_connect()) fs1-MDT0000: connection from " + CLIENT
                                + "@192.0.2.77@tcp t0 exp 0000000000000000 cur 1709367000 last 0"))
                .contains(connected("client " + CLIENT + " from 192.0.2.77@tcp connected to target fs1-MDT0000", 4711));
    }

    @Test
    void clientConnectsToAManagementServerWhoseNameIsPadded() {
        assertThat(SyslogRules.of(
                        "Lustre: 812:0:(ldlm_lib.c:900:target_handle_connect()) MGS:            connection from "
                                + CLIENT + "@192.0.2.77@tcp t0 exp 0 cur 1709367000 last 0"))
                .contains(connected("client " + CLIENT + " from 192.0.2.77@tcp connected to target MGS", 812));
    }

    @Test
    void flavorCompletesTheConnection() {
        assertThat(
                        SyslogRules.of(
                                "Lustre: 4711:0:(sec.c:1500:sptlrpc_import_sec_adapt()) import fs1-MDT0000->NET_0x20000c000024d_UUID netid 20000: select flavor null"))
                .contains(new SyslogRules.Flavor(4711, "null"));
    }

    @Test
    void evictionByTheAdministrator() {
        assertThat(SyslogRules.of("Lustre: 9021:0:(genops.c:1400:obd_export_evict_by_uuid()) fs1-OST0003: evicting "
                        + CLIENT + " at adminstrative request"))
                .contains(new SyslogRules.Event(
                        AlertType.CLIENT_CONNECT,
                        Severity.WARNING,
                        "client " + CLIENT + " evicted by the administrator",
                        9021));
    }

    @Test
    void evictionWithItsReason() {
        assertThat(
                        SyslogRules.of(
                                "LustreError: 0:0:(ldlm_lockd.c:360:waiting_locks_callback()) ### lock callback timer expired after 99s: evicting client at 192.0.2.77@tcp ns: mdt-fs1-MDT0000_UUID lock: ffff8800aa00bb00/0x1f2e3d4c5b6a7988 lrc: 3/0,0 mode: PR/PR res: [0x200000400:0x2:0x0].0 bits 0x13 rrc: 2 type: IBT flags: 0x4000020 remote: 0x99 expref: 12 pid: 2817 timeout: 4300000000"))
                .contains(new SyslogRules.Event(
                        AlertType.CLIENT_CONNECT,
                        Severity.WARNING,
                        "client 192.0.2.77@tcp evicted: lock callback timer expired after 99s",
                        2817));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LustreError: 122-1: Can't start acceptor on port 988: port already in use",
                "LustreError: 5:0:(x.c:1:f()) Can't create socket: port 988 already in use"
            })
    void portInUse(String line) {
        assertThat(SyslogRules.of(line))
                .contains(new SyslogRules.Event(
                        AlertType.SYSLOG, Severity.ERROR, "Lustre port already being used", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Lustre: mounted",
                "sshd: connection from nowhere",
                "x: connection from ",
                "Lustre: 99999999999999999999:0:(a) b: select flavor null",
                "Lustre: 1:0:(genops.c:1400:obd_export_evict_by_uuid()) fs1-OST0003: can't disconnect u: no exports found"
            })
    void otherLinesAreNoEvents(String line) {
        assertThat(SyslogRules.of(line)).isEmpty();
    }

    @Test
    void mentionsOfServersAndTargets() {
        assertThat(Mention.in("from 10.0.0.7@tcp_1 to 10.0.0.8@ib, fs1-OST000a and fs1-MDT0000."))
                .isEqualTo(List.of(
                        new Mention(5, 19, "10.0.0.7@tcp1", null),
                        new Mention(23, 34, "10.0.0.8@o2ib0", null),
                        new Mention(36, 47, null, "fs1-OST000a"),
                        new Mention(52, 63, null, "fs1-MDT0000")));
        assertThat(Mention.in("fs1-OST0000 at the start has nothing before it")).isEmpty();
        assertThat(Mention.in(" verylongname-OST0000 fs1-OST00AA")).isEmpty();
    }

    private static SyslogRules.Event connected(String message, int pid) {
        return new SyslogRules.Event(AlertType.CLIENT_CONNECT, Severity.INFO, message, pid);
    }
}
