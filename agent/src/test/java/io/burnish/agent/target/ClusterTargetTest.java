package io.burnish.agent.target;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets are added to, started, stopped and moved in the cluster as the agent contract says, 9.7 and 9.8. */
class ClusterTargetTest {

    private static final String L = "fs1-OST0003_9be1f0";
    private static final String LOOK = "crm_mon -1 -r";
    private static final String START = "crm_resource -r " + L + " -p target-role -m -v Started";
    private static final String STOP = "crm_resource -r " + L + " -p target-role -m -v Stopped";
    private static final String PRIMARY = "cibadmin -o constraints -C -X '<rsc_location id=\"" + L
            + "-primary\" node=\"oss1.lab.example\" rsc=\"" + L + "\" score=\"20\"/>'";
    private static final String HA = "{'primary':true,'device':'/dev/sdb','ha_label':'" + L
            + "','uuid':'5b3c','mount_point':'/mnt/fs1-OST0003'}";
    private static final String UNHA = "{'primary':true,'ha_label':'" + L + "','uuid':'5b3c'}";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        host.on("crm_node -l", "1 oss1.lab.example member\n2 oss2.lab.example member\n");
        actions = Actions.of(TargetActions.all(), host);
    }

    private static String list(String state) {
        return "Current DC: oss1 (version 1.1.16)\n\nFull list of resources:\n\n " + L + "\t(ocf::chroma:Target):\t"
                + state + "\n";
    }

    @Test
    void thePrimaryCreatesTheResourceAndItsConstraint() {
        host.on("crm_resource -r " + L + " -g target", failed(6, "Resource not found"));
        String file = "/var/lib/chroma/cib/" + L + ".xml";
        AtomicReference<String> xml = new AtomicReference<>();
        host.reply("cibadmin -o resources -C -x " + file, (line, output) -> {
            xml.set(host.text(file).orElseThrow());
            return ok("");
        });
        actions.succeed("configure_target_ha", HA);
        assertThat(host.commands())
                .containsExactly(
                        "crm_resource -r " + L + " -g target",
                        "cibadmin -o resources -C -x " + file,
                        "crm_node -l",
                        PRIMARY);
        assertThat(xml.get())
                .contains("<primitive class=\"ocf\" provider=\"chroma\" type=\"Target\" id=\"" + L + "\">")
                .contains("name=\"target-role\" id=\"" + L + "-meta_attributes-target-role\" value=\"Stopped\"")
                .contains("interval=\"5\" name=\"monitor\" timeout=\"60\"")
                .contains("name=\"target\" value=\"5b3c\"");
        assertThat(host.text(file)).isEmpty();
        assertThat(host.hasDirectory("/mnt/fs1-OST0003")).isTrue();
    }

    @Test
    void theSecondaryOnlyAddsItsConstraint() {
        host.on("crm_node -l", "1 oss1 member\n");
        ScriptedHost short1 = new ScriptedHost(host.stateDirectory()).on("crm_node -l", "1 oss1 member\n");
        Actions.of(TargetActions.all(), short1)
                .succeed("configure_target_ha", HA.replace("'primary':true", "'primary':false"));
        assertThat(short1.commands())
                .containsExactly(
                        "crm_node -l",
                        "cibadmin -o constraints -C -X '<rsc_location id=\"" + L + "-secondary\" node=\"oss1\" rsc=\""
                                + L + "\" score=\"10\"/>'");
    }

    @Test
    void whatExistsWithTheSameValuesIsLeftAlone() {
        host.on("crm_resource -r " + L + " -g target", "5b3c\n");
        new ConfigStore(host)
                .put(Section.TARGETS, "5b3c", new StoredTarget("/dev/sdb", "/mnt/fs1-OST0003", null, null));
        host.on(PRIMARY, failed(76, "Name not unique on network"));
        host.on(
                "cibadmin -Q -o constraints",
                "<constraints><rsc_location id=\"" + L + "-primary\" node=\"oss1.lab.example\" rsc=\"" + L
                        + "\" score=\"20\"/></constraints>");
        actions.succeed("configure_target_ha", HA);
    }

    @Test
    void whatExistsWithOtherValuesIsAFailure() {
        host.on("crm_resource -r " + L + " -g target", "5b3c\n");
        new ConfigStore(host)
                .put(Section.TARGETS, "5b3c", new StoredTarget("/dev/sdc", "/mnt/fs1-OST0003", null, null));
        assertThat(actions.fail("configure_target_ha", HA)).contains("already exists in the cluster");
        host.on(PRIMARY, failed(108, "File exists"));
        host.on(
                "cibadmin -Q -o constraints",
                "<constraints><rsc_location id=\"" + L + "-primary\" node=\"oss2.lab.example\" rsc=\"" + L
                        + "\" score=\"20\"/></constraints>");
        new ConfigStore(host)
                .put(Section.TARGETS, "5b3c", new StoredTarget("/dev/sdb", "/mnt/fs1-OST0003", null, null));
        assertThat(actions.fail("configure_target_ha", HA))
                .contains("constraint")
                .contains("with other values");
    }

    @Test
    void aClusterThatIsElectingIsAskedAgain() {
        host.on(PRIMARY, failed(62, "Timer expired"), failed(107, "not connected"), ok(""));
        host.on("crm_resource -r " + L + " -g target", failed(6, ""));
        actions.succeed("configure_target_ha", HA);
        assertThat(host.commands()).filteredOn(PRIMARY::equals).hasSize(3);
    }

    @Test
    void aRefusedChangeShowsTheStateOfTheCluster() {
        host.on("crm_resource -r " + L + " -g target", failed(6, ""));
        host.on(PRIMARY, failed(22, "invalid"));
        assertThat(actions.fail("configure_target_ha", HA)).contains("Error (22) running 'cibadmin -o constraints");
        assertThat(host.commands()).endsWith("service corosync status", "service pacemaker status");
    }

    @Test
    void aStoppedTargetIsRemoved() {
        host.on(LOOK, list("Stopped (disabled)"));
        host.on("cibadmin -D -X '<primitive id=\"" + L + "\"/>'", failed(234, "no such"));
        actions.succeed("unconfigure_target_ha", UNHA);
        assertThat(host.commands())
                .containsExactly(
                        "systemctl is-active corosync",
                        "systemctl is-active pacemaker",
                        LOOK,
                        "cibadmin -D -X '<rsc_location id=\"" + L + "-primary\"/>'",
                        "cibadmin -D -X '<primitive id=\"" + L + "\"/>'");
    }

    @Test
    void aRunningTargetIsNotRemoved() {
        host.on(LOOK, list("Started oss2"));
        assertThat(actions.fail("unconfigure_target_ha", UNHA)).contains("still runs on oss2");
        assertThat(host.commands()).noneMatch(line -> line.startsWith("cibadmin"));
    }

    @Test
    void clusterServicesThatWereDownAreDownAgainAfterwards() {
        host.on("systemctl is-active corosync", failed(3, "inactive"), ok("active"), failed(3, "inactive"));
        host.on("systemctl is-active pacemaker", failed(3, "inactive"), ok("active"), failed(3, "inactive"));
        host.on(LOOK, list("Stopped"));
        actions.succeed("unconfigure_target_ha", UNHA.replace("true", "false"));
        assertThat(host.commands())
                .containsExactly(
                        "systemctl is-active corosync",
                        "systemctl start corosync",
                        "systemctl is-active corosync",
                        "systemctl is-active pacemaker",
                        "systemctl start pacemaker",
                        "systemctl is-active pacemaker",
                        LOOK,
                        "cibadmin -D -X '<rsc_location id=\"" + L + "-secondary\"/>'",
                        "systemctl stop pacemaker",
                        "systemctl is-active pacemaker",
                        "systemctl stop corosync",
                        "systemctl is-active corosync");
    }

    @Test
    void startingReturnsTheNodeOnceTheTargetRunsThere() {
        host.on(LOOK, ok(list("Stopped")), ok(list("Starting oss1")), ok(list("Started oss1")));
        host.on("crm_mon -1", list("Started oss1"));
        assertThat(actions.succeed("start_target", "{'ha_label':'" + L + "'}").asText())
                .isEqualTo("oss1");
        assertThat(host.commands()).containsExactly(START, LOOK, LOOK, LOOK, "crm_mon -1");
    }

    @Test
    void aFailedStartIsTriedFourTimesAndUndone() {
        host.on(LOOK, list("FAILED oss1"));
        host.on("crm_mon -1", list("FAILED oss1"));
        assertThat(actions.fail("start_target", "{'ha_label':'" + L + "'}"))
                .startsWith("Server oss1.lab.example could not start " + L + ": the cluster reports '" + L)
                .contains("FAILED oss1")
                .endsWith("after 4 attempts");
        assertThat(host.commands()).filteredOn(START::equals).hasSize(4);
        assertThat(host.commands()).filteredOn(STOP::equals).hasSize(4);
        assertThat(host.commands()).last().isEqualTo(STOP);
    }

    @Test
    void aStartThatWorksTheSecondTimeSucceeds() {
        host.on(LOOK, ok(list("FAILED oss1")), ok(list("Started oss2")));
        host.on("crm_mon -1", ok(list("FAILED oss1")), ok(list("Started oss2")));
        assertThat(actions.succeed("start_target", "{'ha_label':'" + L + "'}").asText())
                .isEqualTo("oss2");
        assertThat(host.commands()).containsExactly(START, LOOK, "crm_mon -1", STOP, START, LOOK, "crm_mon -1");
    }

    @Test
    void aClusterThatDoesNothingIsGivenUp() {
        host.on(LOOK, list("Stopped"));
        host.on("crm_mon -1", list("Stopped"));
        assertThat(actions.fail("start_target", "{'ha_label':'" + L + "'}"))
                .contains("the cluster did not start it, and nothing changed there for");
    }

    @Test
    void aClusterWithoutControllerIsNotBelieved() {
        host.on(
                LOOK,
                ok("Current DC: NONE\n" + list("Started oss1")),
                failed(107, "Connection to cluster failed"),
                ok(list("Started oss1")));
        host.on("crm_mon -1", list("Started oss1"));
        assertThat(actions.succeed("start_target", "{'ha_label':'" + L + "'}").asText())
                .isEqualTo("oss1");
        assertThat(host.commands()).filteredOn(LOOK::equals).hasSize(3);
    }

    @Test
    void stoppingWaitsUntilTheTargetRunsNowhere() {
        host.on(LOOK, ok(list("Started oss1")), ok(list("Stopping oss1")), ok(list("Stopped (disabled)")));
        actions.succeed("stop_target", "{'ha_label':'" + L + "'}");
        assertThat(host.commands()).containsExactly(STOP, LOOK, LOOK, LOOK, "crm_mon -1");
    }

    @Test
    void aTargetMovesToTheNodeOfItsConstraint() {
        host.on(
                "crm_resource -r " + L + " -a",
                "* " + L + "\n  : Node oss1   (score=20, id=" + L + "-primary)\n  : Node oss2   (score=10, id=" + L
                        + "-secondary)\n");
        host.on(LOOK, ok(list("Started oss1")), ok(list("Stopping oss1")), ok(list("Started oss2")));
        actions.succeed("failover_target", "{'ha_label':'" + L + "'}");
        assertThat(host.commands())
                .containsExactly(
                        "crm_resource -r " + L + " -a",
                        LOOK,
                        "crm_mon -1",
                        "crm_resource --resource " + L + " --cleanup",
                        "crm_resource --resource " + L + " --move --node oss2",
                        LOOK,
                        LOOK,
                        "crm_resource --resource " + L + " --un-move --node oss2");
    }

    @Test
    void theMoveConstraintIsTakenBackWhenTheTargetDoesNotMove() {
        host.on("crm_resource -r " + L + " -a", "  : Node oss1 (score=20, id=" + L + "-primary)\n");
        host.on(LOOK, list("Started oss2"));
        assertThat(actions.fail("failback_target", "{'ha_label':'" + L + "'}")).contains("it did not move to oss1");
        assertThat(host.commands()).last().isEqualTo("crm_resource --resource " + L + " --un-move --node oss1");
    }

    @Test
    void aTargetThatIsThereAlreadyIsNotMoved() {
        host.on("crm_resource -r " + L + " -a", "  : Node oss1 (score=20, id=" + L + "-primary)\n");
        host.on(LOOK, list("Started oss1"));
        actions.succeed("failback_target", "{'ha_label':'" + L + "'}");
        assertThat(host.commands()).noneMatch(line -> line.contains("--move"));
    }

    @Test
    void repeatedLooksAtTheClusterLeaveOneRecord() {
        host.on(LOOK, ok(list("Stopped")), ok(list("Stopped")), ok(list("Stopped")), ok(list("Started oss1")));
        host.on("crm_mon -1", list("Started oss1"));
        assertThat(actions.run("start_target", "{'ha_label':'" + L + "'}").commands())
                .extracting(record -> String.join(" ", record.args()))
                .containsExactly(START, LOOK, "crm_mon -1");
    }
}
