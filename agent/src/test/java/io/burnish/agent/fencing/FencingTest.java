package io.burnish.agent.fencing;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.pacemaker.Xml;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Fencing is stored in the cluster without a moment in which it is half configured, and works from there. */
class FencingTest {

    private static final String CIB = """
            <cib dc-uuid="1"><configuration><nodes>
              <node id="1" uname="oss1.lab.example"><instance_attributes id="nodes-1">
                <nvpair id="a" name="0_fence_login" value="admin"/>
                <nvpair id="b" name="0_fence_agent" value="fence_apc"/>
                <nvpair id="c" name="0_fence_password" value="old secret"/>
                <nvpair id="d" name="0_fence_ipaddr" value="192.0.2.200"/>
                <nvpair id="e" name="0_fence_plug" value="4"/>
                <nvpair id="f" name="1_fence_agent" value="fence_ipmilan"/>
                <nvpair id="g" name="1_fence_ipaddr" value="192.0.2.121"/>
                <nvpair id="h" name="1_fence_lanplus" value="1"/>
              </instance_attributes></node>
              <node id="2" uname="oss2.lab.example"><instance_attributes id="nodes-2">
                <nvpair id="i" name="0_fence_agent" value="fence_apc"/>
                <nvpair id="j" name="standby" value="on"/>
              </instance_attributes></node>
              <node id="3" uname="oss3.lab.example"/>
            </nodes></configuration></cib>
            """;
    private static final String SET = "cibadmin --modify --allow-create -o nodes --xml-pipe";
    private static final String CLEAR = "crm_attribute -D -t nodes -U oss1.lab.example -n ";

    private ScriptedHost host;
    private Actions actions;
    private FenceAgent agent;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(FencingActions.all(), host);
        agent = new FenceAgent(Commands.unrecorded(host, Duration.ofSeconds(1)));
        host.on("crm_node -l", "1 oss1.lab.example member\n2 oss2.lab.example member\n");
        host.on("cibadmin --query", CIB);
    }

    @Test
    void theAgentsNameIsRemovedFirstAndAllIsSetInOneChangeThatNobodySees() {
        ActionOutcome outcome = actions.run(
                "configure_fencing",
                "{'agents':[{'agent':'fence_ipmilan','login':'root','password':{'$secretValue':'calvin-1234'},"
                        + "'ipaddr':'192.0.2.121','lanplus':true}]}");
        assertThat(outcome).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(host.commands())
                .containsExactly(
                        "crm_node -l",
                        "cibadmin --query",
                        CLEAR + "0_fence_agent",
                        CLEAR + "0_fence_login",
                        CLEAR + "0_fence_password",
                        CLEAR + "0_fence_ipaddr",
                        CLEAR + "0_fence_plug",
                        CLEAR + "1_fence_agent",
                        CLEAR + "1_fence_ipaddr",
                        CLEAR + "1_fence_lanplus",
                        SET,
                        "cibadmin --modify --allow-create -o crm_config -X '<cluster_property_set"
                                + " id=\"cib-bootstrap-options\"><nvpair id=\"cib-bootstrap-options-stonith-enabled\""
                                + " name=\"stonith-enabled\" value=\"true\"/></cluster_property_set>'");
        assertThat(ContractJson.text(outcome)).doesNotContain("calvin-1234", "old secret");
        assertThat(host.commands()).noneMatch(line -> line.contains("calvin-1234"));
        assertThat(stdinOf(SET))
                .isEqualTo("<node id=\"1\"><instance_attributes id=\"nodes-1\">"
                        + pair("0_fence_agent", "fence_ipmilan")
                        + pair("0_fence_login", "root")
                        + pair("0_fence_password", "calvin-1234")
                        + pair("0_fence_ipaddr", "192.0.2.121")
                        + pair("0_fence_lanplus", "1")
                        + "</instance_attributes></node>");
    }

    private String stdinOf(String command) {
        return host.lines().get(host.commands().indexOf(command)).stdin();
    }

    private static String pair(String name, String value) {
        return "<nvpair id=\"nodes-1-%s\" name=\"%s\" value=\"%s\"/>".formatted(name, name, value);
    }

    @Test
    void aPasswordOfAnyCharactersArrivesAsItIs() {
        String password = "a<b>&\"c d";
        actions.succeed(
                "configure_fencing", "{'agents':[{'agent':'fence_apc','password':{'$secretValue':'a<b>&\\\"c d'}}]}");
        Element node = Xml.parse(stdinOf(SET)).orElseThrow();
        assertThat(Xml.all(node, "nvpair"))
                .anyMatch(pair -> pair.getAttribute("name").equals("0_fence_password")
                        && pair.getAttribute("value").equals(password));
    }

    @Test
    void aServerThatIsNoMemberIsNamed() {
        ScriptedHost stranger = new ScriptedHost(host.stateDirectory());
        stranger.on("crm_node -l", "2 oss2.lab.example member\n").on("cibadmin --query", CIB);
        assertThat(Actions.of(FencingActions.all(), stranger)
                        .fail("configure_fencing", "{'agents':[{'agent':'fence_apc'}]}"))
                .contains("oss1.lab.example is not a member of the cluster");
    }

    @Test
    void onlyTheLastNodeRemovesItsFencing() {
        actions.succeed("unconfigure_fencing", "{}");
        assertThat(host.commands()).containsExactly("systemctl is-active pacemaker", "crm_node -l");
        ScriptedHost last = new ScriptedHost(host.stateDirectory());
        last.on("crm_node -l", "1 oss1.lab.example member\n").on("cibadmin --query", CIB);
        Actions.of(FencingActions.all(), last).succeed("unconfigure_fencing", "{}");
        assertThat(last.commands()).contains(CLEAR + "0_fence_agent", CLEAR + "1_fence_lanplus");
        ScriptedHost stopped = new ScriptedHost(host.stateDirectory());
        stopped.on("systemctl is-active pacemaker", failed(3, "inactive"));
        Actions.of(FencingActions.all(), stopped).succeed("unconfigure_fencing", "{}");
        assertThat(stopped.commands()).containsExactly("systemctl is-active pacemaker");
    }

    @Test
    void allSuppliesOfANodeGoOffBeforeAnyIsOnAgain() throws InterruptedException {
        agent.fence("oss1.lab.example", "reboot");
        assertThat(host.commands())
                .containsExactly("cibadmin --query", "fence_apc", "fence_ipmilan", "fence_apc", "fence_ipmilan");
        assertThat(host.lines().get(1).stdin())
                .isEqualTo("action=off\nipaddr=192.0.2.200\nlogin=admin\npasswd=old secret\nipport=23\nport=4\n");
        assertThat(host.lines().get(2).stdin()).isEqualTo("action=off\nipaddr=192.0.2.121\nlanplus=1\n");
        assertThat(host.lines().get(3).stdin()).startsWith("action=on\n");
    }

    @Test
    void aNodeInStandbyIsLeftAlone() throws InterruptedException {
        agent.fence("oss2.lab.example", "off");
        assertThat(host.commands()).containsExactly("cibadmin --query");
    }

    @Test
    void aNodeThatCannotBeFencedIsAFailure() {
        assertThatThrownBy(() -> agent.fence("oss3.lab.example", "off"))
                .isInstanceOf(ActionFailedException.class)
                .hasMessageContaining("no fence agent is configured");
        host.on("fence_apc", failed(1, "Unable to connect"));
        assertThatThrownBy(() -> agent.fence("oss1.lab.example", "off")).hasMessageContaining("Unable to connect");
    }

    @Test
    void nodesWithAgentsAreListed() throws InterruptedException {
        assertThat(agent.nodes()).containsExactly("oss1.lab.example", "oss2.lab.example");
        host.on("cibadmin --query", ok(""));
    }
}
