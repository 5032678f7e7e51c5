package io.burnish.agent.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.action.Action;
import io.burnish.agent.action.AgentExit;
import io.burnish.agent.client.ClientActions;
import io.burnish.agent.config.AgentProfile;
import io.burnish.agent.config.ConfigActions;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions on the server as a whole and on the agent itself (agent contract, 8.2, 11 and 12). */
class ServerActionsTest {

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        List<Action> all = new ArrayList<>(PowerActions.all());
        all.addAll(ConfigActions.all());
        all.addAll(ClientActions.all());
        actions = Actions.of(all, host);
    }

    @Test
    void aRebootTakesTheAgentDownWithIt() {
        actions.succeed("reboot_server", "{}");
        assertThat(host.commands()).containsExactly("shutdown -r now");
        assertThat(actions.exits()).containsExactly(AgentExit.Reason.SERVER_GOES_DOWN);
    }

    @Test
    void aServerIsHaltedOrSwitchedOff() {
        actions.succeed("shutdown_server", "{}");
        actions.succeed("shutdown_server", "{'halt':false,'at_time':'+1'}");
        assertThat(host.commands()).containsExactly("shutdown -H now", "shutdown -h +1");
    }

    @Test
    void theAgentIsRestartedByItsService() {
        actions.succeed("restart_agent", "{}");
        assertThat(host.commands()).containsExactly("service chroma-agent restart");
        host.missing("service");
        actions.succeed("restart_agent", "{}");
        assertThat(host.commands()).endsWith("systemctl restart chroma-agent");
        assertThat(actions.exits()).isEmpty();
    }

    @Test
    void aDeregisteredServerForgetsItsManager() {
        new ConfigStore(host).put(Section.SETTINGS, "server", Actions.json("{'url':'https://x/'}"));
        actions.succeed("deregister_server", "{}");
        assertThat(new ConfigStore(host).keys(Section.SETTINGS)).isEmpty();
        assertThat(host.commands()).containsExactly("systemctl disable chroma-agent");
        assertThat(actions.exits()).containsExactly(AgentExit.Reason.DEREGISTERED);
    }

    @Test
    void aProfileIsStored() {
        actions.succeed("update_profile", "{'profile':{'name':'base_managed_rh7','managed':true,'worker':false}}");
        assertThat(new ConfigStore(host).profile()).isEqualTo(new AgentProfile(true, false));
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void managementSoftwareFollowsTheProfileWhereTheManagerOffersIt() {
        host.file("/etc/yum.repos.d/iml.repo", "[iml-agent]\nname=x\n");
        actions.succeed("update_profile", "{'profile':{'managed':true}}");
        actions.succeed("update_profile", "{'profile':{'managed':true,'ntp':true}}");
        actions.succeed("update_profile", "{'profile':{'managed':false}}");
        assertThat(host.commands())
                .containsExactly(
                        "dnf install -y --enablerepo=iml-agent chroma-agent-management",
                        "dnf remove -y --enablerepo=iml-agent chroma-agent-management");
    }

    @Test
    void clientsAreMountedNowAndAfterBoots() {
        host.file("/etc/fstab", "UUID=1 / ext4 defaults 0 0\n192.0.2.11@tcp:/fs1 /old lustre defaults 0 0\n");
        String pair = "{'filesystems':[['192.0.2.11@tcp:/fs1','/mnt/lustre_clients/fs1']]}";
        actions.succeed("mount_lustre_filesystems", pair);
        assertThat(host.text("/etc/fstab"))
                .contains(
                        "UUID=1 / ext4 defaults 0 0\n192.0.2.11@tcp:/fs1\t/mnt/lustre_clients/fs1\t\tlustre\tdefaults,_netdev\t0 0\n");
        assertThat(host.hasDirectory("/mnt/lustre_clients/fs1")).isTrue();
        assertThat(host.commands()).containsExactly("/bin/mount /mnt/lustre_clients/fs1");
        host.file("/proc/mounts", "192.0.2.11@tcp:/fs1 /mnt/lustre_clients/fs1 lustre rw 0 0\n");
        actions.succeed("mount_lustre_filesystems", pair);
        assertThat(host.commands()).hasSize(1);
        actions.succeed("unmount_lustre_filesystems", pair);
        assertThat(host.commands()).endsWith("/bin/umount /mnt/lustre_clients/fs1");
        assertThat(host.text("/etc/fstab")).contains("UUID=1 / ext4 defaults 0 0\n");
        host.file("/proc/mounts", "");
        actions.succeed("unmount_lustre_filesystems", pair);
        assertThat(host.commands()).hasSize(2);
    }

    @Test
    void malformedMountsAreRefused() {
        assertThat(actions.fail("mount_lustre_filesystems", "{'filesystems':[['only one']]}"))
                .contains("pairs");
    }
}
