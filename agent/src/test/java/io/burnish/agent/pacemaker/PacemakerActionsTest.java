package io.burnish.agent.pacemaker;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pacemaker is controlled and configured as the agent contract says, 10.4. */
class PacemakerActionsTest {

    private static final String FENCING = "'<primitive class=\"stonith\" id=\"st-fencing\" type=\"fence_chroma\"/>'";
    private static final String RESOURCES = "cibadmin --query -o resource";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(PacemakerActions.all(), host);
        host.on("crm_node -l", "1 oss1.lab.example member\n2 oss2.lab.example member\n");
    }

    private void restarts() {
        // seen down after the stop, up after the start
        host.on("systemctl is-active pacemaker", failed(3, "inactive"), ok("active"));
    }

    @Test
    void theServiceIsControlled() {
        host.on("systemctl is-active pacemaker", ok("active"), failed(3, ""));
        actions.succeed("start_pacemaker", "{}");
        actions.succeed("stop_pacemaker", "{}");
        actions.succeed("enable_pacemaker", "{}");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl start pacemaker",
                        "systemctl is-active pacemaker",
                        "systemctl stop pacemaker",
                        "systemctl is-active pacemaker",
                        "systemctl enable pacemaker");
    }

    @Test
    void theControllerOfTheClusterConfiguresIt() {
        restarts();
        host.on(RESOURCES, ok("<resources/>"), ok("<primitive type=\"fence_chroma\"/>"));
        host.on("cibadmin --query", "<cib dc-uuid=\"1\"><configuration/></cib>");
        host.on("cibadmin --delete -o resources -X " + FENCING, failed(6, "No such device or address"));
        actions.succeed("configure_pacemaker", "{}");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl is-active corosync",
                        "systemctl enable pacemaker",
                        "systemctl stop pacemaker",
                        "systemctl is-active pacemaker",
                        "systemctl start pacemaker",
                        "systemctl is-active pacemaker",
                        "cibadmin --query --local",
                        RESOURCES,
                        "cibadmin --query",
                        "crm_node -l",
                        "cibadmin --delete -o resources -X " + FENCING,
                        "cibadmin --create -o resources -X " + FENCING,
                        "cibadmin --modify --allow-create -o crm_config -X '<cluster_property_set"
                                + " id=\"cib-bootstrap-options\"><nvpair id=\"cib-bootstrap-options-no-quorum-policy\""
                                + " name=\"no-quorum-policy\" value=\"ignore\"/><nvpair"
                                + " id=\"cib-bootstrap-options-symmetric-cluster\" name=\"symmetric-cluster\""
                                + " value=\"true\"/><nvpair id=\"cib-bootstrap-options-cluster-infrastructure\""
                                + " name=\"cluster-infrastructure\" value=\"corosync\"/><nvpair"
                                + " id=\"cib-bootstrap-options-stonith-enabled\" name=\"stonith-enabled\""
                                + " value=\"true\"/></cluster_property_set>'",
                        "crm_attribute --type rsc_defaults --attr-name resource-stickiness --attr-value 1000",
                        "crm_attribute --type rsc_defaults --attr-name failure-timeout --attr-value 20m",
                        "crm_attribute --type rsc_defaults --attr-name migration-threshold --attr-value 3",
                        RESOURCES);
    }

    @Test
    void otherNodesWaitForTheController() {
        restarts();
        host.on(RESOURCES, ok("<resources/>"), ok("<resources/>"), ok("type=\"fence_chroma\""));
        host.on("cibadmin --query", "<cib dc-uuid=\"2\"><configuration/></cib>");
        actions.succeed("configure_pacemaker", "{}");
        assertThat(host.commands()).noneMatch(line -> line.startsWith("cibadmin --create"));
    }

    @Test
    void aClusterThatNobodyConfiguresIsAFailure() {
        restarts();
        host.on(RESOURCES, "<resources/>");
        host.on("cibadmin --query", "<cib dc-uuid=\"2\"><configuration/></cib>");
        assertThat(actions.fail("configure_pacemaker", "{}")).contains("no node configured fencing");
    }

    @Test
    void anotherNodeMayHaveBeenFaster() {
        restarts();
        host.on(RESOURCES, ok("<resources/>"), ok("type=\"fence_chroma\""));
        host.on("cibadmin --query", "<cib dc-uuid=\"1\"><configuration/></cib>");
        host.on("cibadmin --create -o resources -X " + FENCING, failed(22, "invalid"));
        actions.succeed("configure_pacemaker", "{}");
        assertThat(host.commands()).contains("crm_resource --locate --resource st-fencing");
    }

    @Test
    void aCorosyncThatIsDownIsRestartedFirst() {
        restarts();
        host.on("systemctl is-active corosync", failed(3, "inactive"), failed(3, "inactive"), ok("active"));
        host.on(RESOURCES, "type=\"fence_chroma\"");
        actions.succeed("configure_pacemaker", "{}");
        assertThat(host.commands()).containsSubsequence("systemctl stop corosync", "systemctl start corosync");
    }

    @Test
    void withMoreThanTwoNodesQuorumCounts() {
        assertThat(ClusterOptions.forNodes(3).values()).containsEntry("no-quorum-policy", "stop");
        assertThat(ClusterOptions.forNodes(2).values()).containsEntry("no-quorum-policy", "ignore");
    }

    @Test
    void passwordsInTheClusterDatabaseAreNotRecorded() {
        restarts();
        host.on(RESOURCES, ok("<resources/>"), ok("type=\"fence_chroma\""));
        host.on(
                "cibadmin --query",
                "<cib dc-uuid=\"2\"><nodes><node><nvpair name=\"0_fence_password\" value=\"hunter2\"/></node></nodes></cib>");
        assertThat(actions.run("configure_pacemaker", "{}").commands().toString())
                .doesNotContain("hunter2");
    }

    @Test
    void onlyTheLastNodeEmptiesTheDatabase() {
        host.on("systemctl is-active pacemaker", ok("active"), failed(3, ""));
        actions.succeed("unconfigure_pacemaker", "{}");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl is-active pacemaker",
                        "crm_node -l",
                        "systemctl stop pacemaker",
                        "systemctl is-active pacemaker",
                        "systemctl disable pacemaker");
        ScriptedHost last = new ScriptedHost(host.stateDirectory());
        last.on("crm_node -l", "1 oss1.lab.example member\n");
        last.on("systemctl is-active pacemaker", ok("active"), failed(3, ""));
        Actions.of(PacemakerActions.all(), last).succeed("unconfigure_pacemaker", "{}");
        assertThat(last.commands()).contains("cibadmin -f -E");
    }

    @Test
    void whatDoesNotRunNeedsNotBeUnconfigured() {
        host.on("systemctl is-active pacemaker", failed(3, "inactive"));
        actions.succeed("unconfigure_pacemaker", "{}");
        assertThat(host.commands()).containsExactly("systemctl is-active pacemaker");
    }

    @Test
    void nodesAreSwitchedToStandbyAndBack() {
        actions.succeed("set_node_standby", "{'node':'oss2'}");
        actions.succeed("set_node_online", "{'node':'oss2'}");
        assertThat(host.commands())
                .containsExactly(
                        "crm_attribute -N oss2 -n standby -v on --lifetime=forever",
                        "crm_attribute -N oss2 -n standby -v off --lifetime=forever");
    }

    @Test
    void aNodeIsForgotten() {
        actions.succeed("delete_node", "{'nodename':'oss2.lab.example'}");
        assertThat(host.commands())
                .containsExactly(
                        "crm_node -l",
                        "crm_node --force -R 2",
                        "cibadmin --delete -o nodes -X '<node uname=\"oss2.lab.example\"/>'",
                        "cibadmin --delete -o status -X '<node_state uname=\"oss2.lab.example\"/>'");
        actions.succeed("delete_node", "{'nodename':'oss3.lab.example'}");
        assertThat(host.commands())
                .filteredOn(line -> line.startsWith("crm_node --force"))
                .hasSize(1);
    }

    @Test
    void aRealDatabaseIsRead() {
        assertThat(Xml.parse(Fixtures.lustre217("33-cluster/cibadmin.out"))
                        .orElseThrow()
                        .getAttribute("dc-uuid"))
                .isEqualTo("1");
    }
}
