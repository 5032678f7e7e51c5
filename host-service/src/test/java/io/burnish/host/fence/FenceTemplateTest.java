package io.burnish.host.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command templates become what a fence agent reads, and nothing else. */
class FenceTemplateTest {

    private static Map<String, String> values(String agent) {
        Map<String, String> values = new HashMap<>(Map.of(
                "agent", agent,
                "options", "",
                "address", "192.0.2.7",
                "port", "23",
                "username", "apc",
                "password", "p w -o off",
                "identifier", "4",
                "list_parameter", "list-status"));
        return values;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POWER_ON | ipaddr=192.0.2.7 ipport=23 login=apc passwd=p w -o off action=on port=4",
                "POWER_CYCLE | ipaddr=192.0.2.7 ipport=23 login=apc passwd=p w -o off action=reboot port=4",
                "MONITOR | ipaddr=192.0.2.7 ipport=23 login=apc passwd=p w -o off action=monitor",
                "LIST | ipaddr=192.0.2.7 ipport=23 login=apc passwd=p w -o off action=list-status",
            })
    void theTemplatesOfUnits(Purpose purpose, String input) {
        FenceCall call = FenceTemplate.fill(purpose.forUnit(), values("fence_apc"));
        assertThat(call.agent()).isEqualTo("fence_apc");
        assertThat(String.join(" ", call.input().split("\n"))).isEqualTo(input);
        assertThat(call.toString()).doesNotContain("p w").contains("ipaddr=192.0.2.7");
        assertThat(call.masked("wrong password p w -o off")).isEqualTo("wrong password ********");
    }

    @Test
    void theTemplatesOfBmcs() {
        Map<String, String> values = values("fence_ipmilan");
        values.put("identifier", "192.0.2.121");
        assertThat(FenceTemplate.fill(Purpose.QUERY.forBmc(true), values).input())
                .isEqualTo("lanplus=1\nipaddr=192.0.2.121\nlogin=apc\npasswd=p w -o off\naction=status\n");
        assertThat(FenceTemplate.fill(Purpose.QUERY.forBmc(false), values).input())
                .doesNotContain("lanplus");
    }

    @Test
    void optionsOfADeviceComeFirstAndNothingInThemIsFilledIn() {
        Map<String, String> values = values("fence_apc");
        values.put("options", "-x --power-wait=5 --login-timeout 9 -c prompt> foo=%(password)s");
        assertThat(FenceTemplate.fill("%(agent)s %(options)s -a %(address)s", values)
                        .input())
                .startsWith("secure=1\npower_wait=5\nlogin_timeout=9\ncmd_prompt=prompt>\n")
                .endsWith("ipaddr=192.0.2.7\n")
                .doesNotContain("p w");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fence_apc -o on | A command begins with %(agent)s.",
                "%(agent)s -o | The option -o needs a value.",
                "%(agent)s -o on now | now",
                "%(agent)s -Q x | The option -Q is not known of fence_apc: use its long name.",
                "%(agent)s -n %(outlet)s | There is no placeholder %(outlet)s.",
                "%(agent)s --ipmitool-path=/tmp/x | The option ipmitool_path is not allowed.",
            })
    void whatCannotBeUnderstoodIsSaid(String template, String problem) {
        assertThat(FenceTemplate.problem("fence_apc", template))
                .hasValueSatisfying(text -> assertThat(text).contains(problem));
    }

    @Test
    void answersOfAgents() {
        assertThat(new FenceResult.Ended(0, "Status: ON\n", "").power()).contains(true);
        assertThat(new FenceResult.Ended(2, "Status: OFF\n", "").power()).contains(false);
        assertThat(new FenceResult.Ended(1, "", "no").power()).isEmpty();
        assertThat(new FenceResult.NotRun("gone").power()).isEmpty();
        assertThat(new FenceResult.Ended(0, "1,oss1-a,ON\n2,oss2-a,OFF\n3,,ON\nnoise\n4,x,MAYBE\n", "").powers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("1", true, "2", false, "3", true));
        assertThat(new FenceResult.Ended(1, "", "\nUnable to connect\n").why()).isEqualTo("Unable to connect");
    }
}
