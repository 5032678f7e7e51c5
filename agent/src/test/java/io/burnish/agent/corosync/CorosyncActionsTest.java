package io.burnish.agent.corosync;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.network.Ipv4;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server joins and leaves a cluster as the agent contract says, 10.1 and 10.3. */
class CorosyncActionsTest {

    private static final String STAGE_1 = "{'mcast_port':40123,'pcs_password':{'$secretValue':'s3cretPassw0rd'}}";
    private static final String STAGE_2 = "{'ring0_name':'eth0','ring1_name':'eth1','new_node_fqdn':'oss2.lab.example',"
            + "'mcast_port':40123,'pcs_password':{'$secretValue':'s3cretPassw0rd'},'create_cluster':true}";
    private static final String IP = """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536
                link/loopback 00:00:00:00:00:00
                inet 127.0.0.1/8 scope host lo
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
                link/ether 52:54:00:aa:bb:01
                inet 192.0.2.21/24 brd 192.0.2.255 scope global eth0
            3: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
                link/ether 52:54:00:aa:bb:02
            """;
    private static final String WITH_RING1 = IP + "    inet 10.0.0.21/24 scope global eth1\n";
    private static final String LISTEN0 = "tcpdump -i eth0 -n -l -c 50 'udp and dst net 226.94.0.0/16'";
    private static final String LISTEN1 =
            "tcpdump -i eth1 -n -l -x -c 1 'dst host 226.94.1.1 and not src host 10.0.0.21'";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(CorosyncActions.all(), host);
        new ConfigStore(host).put(Section.SETTINGS, "server", Actions.json("{'url':'https://manager.lab.example/'}"));
        host.on(
                "getent ahostsv4 manager.lab.example",
                "192.0.2.10      STREAM manager.lab.example\n192.0.2.10      DGRAM\n");
        host.on("/sbin/ip route get 192.0.2.10", "192.0.2.10 dev eth0 src 192.0.2.21\n    cache\n");
    }

    @Test
    void theSecondRingsAddressIsTheSameHostPartInAPrivateNetwork() {
        assertThat(RingNetworks.ring1Address(Ipv4.parse("192.0.2.21"), 24)).hasToString("10.0.0.21");
        assertThat(RingNetworks.ring1Address(Ipv4.parse("172.16.5.21"), 16)).hasToString("10.0.5.21");
        assertThat(RingNetworks.ring1Address(Ipv4.parse("10.1.2.3"), 24)).hasToString("10.128.0.3");
        assertThat(RingNetworks.ring1Address(Ipv4.parse("10.200.2.3"), 24)).hasToString("10.0.0.3");
    }

    @Test
    void aFreeLinkedInterfaceBecomesTheSecondRing() {
        host.on("ip addr", ok(IP), ok(IP), ok(WITH_RING1));
        host.on("ethtool eth1", "Settings for eth1:\n\tLink detected: yes\n");
        host.on("nmcli con load /etc/sysconfig/network-scripts/ifcfg-eth1", failed(8, "NetworkManager is not running"));
        JsonNode result = actions.succeed("get_corosync_autoconfig", "{}");
        assertThat(result.path("interfaces"))
                .isEqualTo(Actions.json("{'eth0':{'dedicated':false,'ipaddr':'192.0.2.21','prefix':24},"
                        + "'eth1':{'dedicated':true,'ipaddr':'10.0.0.21','prefix':24}}"));
        assertThat(result.path("mcast_port").asInt()).isBetween(32767, 65535).satisfies(port -> assertThat(port % 2)
                .isOne());
        assertThat(host.commands().stream().filter(line -> !line.startsWith("ping")))
                .containsExactly(
                        "getent ahostsv4 manager.lab.example",
                        "/sbin/ip route get 192.0.2.10",
                        "ip addr",
                        "ethtool eth1",
                        "nmcli con load /etc/sysconfig/network-scripts/ifcfg-eth1",
                        "/sbin/ip link set dev eth1 up",
                        "ip addr",
                        "/sbin/ip addr add 10.0.0.21/24 dev eth1",
                        "ip addr",
                        LISTEN0,
                        LISTEN1);
        assertThat(host.text("/etc/sysconfig/network-scripts/ifcfg-eth1").orElseThrow())
                .contains("IPADDR=10.0.0.21", "NM_CONTROLLED=no");
    }

    @Test
    void aClusterThatRunsOnTheSecondRingIsJoined() {
        host.on("ip addr", WITH_RING1);
        host.on(
                LISTEN1,
                new CommandResult(0, "12:00:00.1 IP 10.0.0.22.40122 > 226.94.1.1.40123: UDP, length 119\n", ""));
        assertThat(actions.succeed("get_corosync_autoconfig", "{}")
                        .path("mcast_port")
                        .asInt())
                .isEqualTo(40123);
    }

    @Test
    void ofTwoServersThatLookTheLowerAddressPrevails() {
        host.on("ip addr", WITH_RING1);
        String lower = capture("10.0.0.20", new Announcement(41001, false));
        host.on(LISTEN1, ok(lower));
        assertThat(actions.succeed("get_corosync_autoconfig", "{}")
                        .path("mcast_port")
                        .asInt())
                .isEqualTo(41001);
        assertThat(CapturedTraffic.peer(capture("10.0.0.22", new Announcement(41001, false)))
                        .orElseThrow()
                        .leads(Ipv4.parse("10.0.0.21")))
                .isFalse();
        assertThat(CapturedTraffic.peer(capture("10.0.0.22", new Announcement(41001, true)))
                        .orElseThrow()
                        .leads(Ipv4.parse("10.0.0.21")))
                .as("who has settled prevails")
                .isTrue();
    }

    @Test
    void aPeerThatSettlesWithoutHavingHeardThisServerIsFollowed() {
        host.on("ip addr", WITH_RING1);
        host.on(
                LISTEN1,
                ok(capture("10.0.0.22", new Announcement(41001, false))),
                ok(capture("10.0.0.22", new Announcement(41001, true))));
        assertThat(actions.succeed("get_corosync_autoconfig", "{}")
                        .path("mcast_port")
                        .asInt())
                .isEqualTo(41001);
    }

    @Test
    void announcementsSurviveTheJourneyThroughAPing() {
        Announcement said = new Announcement(65535, true);
        assertThat(said.pattern()).hasSize(32).startsWith("4255524e49534821ffff01");
        assertThat(Announcement.find("000000" + said.pattern() + said.pattern()))
                .contains(said);
        assertThat(Announcement.find("4255524e49534821ff")).isEmpty();
    }

    @Test
    void portsInUseAreSeen() {
        assertThat(
                        CapturedTraffic.ports(
                                "IP 192.0.2.5.5404 > 226.94.0.1.40123: UDP, length 5\nIP 192.0.2.6.1 > 226.94.0.1.40125: UDP\n"))
                .containsExactlyInAnyOrder(40123, 40125);
    }

    @Test
    void withoutExactlyOneCandidateTheAdministratorIsAsked() {
        host.on("ip addr", IP);
        host.on("ethtool eth1", "Link detected: no\n");
        assertThat(actions.fail("get_corosync_autoconfig", "{}"))
                .contains("exactly one free network interface with a link is needed", "found none");
        String three = IP + "4: eth2: <BROADCAST,MULTICAST> mtu 1500\n    link/ether 52:54:00:aa:bb:03\n";
        ScriptedHost other = new ScriptedHost(host.stateDirectory());
        new ConfigStore(other).put(Section.SETTINGS, "server", Actions.json("{'url':'https://192.0.2.10/'}"));
        other.on("/sbin/ip route get 192.0.2.10", "192.0.2.10 dev eth0 src 192.0.2.21\n")
                .on("ip addr", three);
        other.on("ethtool eth1", "Link detected: yes\n").on("ethtool eth2", "Link detected: yes\n");
        assertThat(Actions.of(CorosyncActions.all(), other).fail("get_corosync_autoconfig", "{}"))
                .contains("found [eth1, eth2]");
        assertThat(other.commands())
                .containsSequence("/sbin/ip link set dev eth2 up", "ethtool eth2", "/sbin/ip link set dev eth2 down");
    }

    @Test
    void aTooLargeNetworkIsRefused() {
        host.on("ip addr", IP.replace("192.0.2.21/24", "192.0.2.21/8"));
        assertThat(actions.fail("get_corosync_autoconfig", "{}")).contains("too large");
    }

    @Test
    void onlyTheSecondRingsAddressIsSet() {
        host.missing("nmcli").on("ip addr", WITH_RING1);
        actions.succeed(
                "configure_network",
                "{'ring0_name':'eth0','ring1_name':'eth1','ring0_ipaddr':'192.0.2.21','ring0_prefix':24,"
                        + "'ring1_ipaddr':'10.0.0.21','ring1_prefix':'24'}");
        assertThat(host.commands())
                .containsExactly(
                        "nmcli con load /etc/sysconfig/network-scripts/ifcfg-eth1",
                        "/sbin/ip link set dev eth1 up",
                        "ip addr",
                        "ip addr");
    }

    @Test
    void theFirstStagePreparesAndNeverShowsThePassword() {
        ActionOutcome outcome = actions.run("configure_corosync2_stage_1", STAGE_1);
        assertThat(outcome).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(host.commands())
                .containsExactly(
                        "passwd --stdin hacluster",
                        "/usr/bin/firewall-cmd --add-port=40123/udp",
                        "/usr/bin/firewall-cmd --add-port=40123/udp --permanent",
                        "/usr/bin/firewall-cmd --add-port=2224/tcp",
                        "/usr/bin/firewall-cmd --add-port=2224/tcp --permanent",
                        "systemctl start pcsd",
                        "systemctl is-active pcsd",
                        "systemctl enable corosync",
                        "systemctl enable pcsd");
        assertThat(host.lines().getFirst().stdin()).isEqualTo("s3cretPassw0rd\n");
        assertThat(ContractJson.text(outcome)).doesNotContain("s3cretPassw0rd");
    }

    @Test
    void systemsWhosePasswdReadsNoInputAreServedAnotherWay() {
        host.on("passwd --stdin hacluster", failed(6, "passwd: unrecognized option '--stdin'"));
        actions.succeed("configure_corosync2_stage_1", STAGE_1);
        assertThat(host.commands()).startsWith("passwd --stdin hacluster", "chpasswd");
        assertThat(host.lines().get(1).stdin()).isEqualTo("hacluster:s3cretPassw0rd\n");
    }

    @Test
    void theFirstServerCreatesTheCluster() {
        host.on("ip addr", WITH_RING1);
        ActionOutcome outcome = actions.run("configure_corosync2_stage_2", STAGE_2);
        assertThat(host.commands())
                .containsExactly(
                        "pcs cluster auth oss2.lab.example -u hacluster",
                        "ip addr",
                        "pcs cluster setup --name lustre-ha-cluster --force oss2.lab.example --transport udp --rrpmode"
                                + " passive --addr0 192.0.2.0 --mcast0 226.94.0.1 --mcastport0 40123 --addr1 10.0.0.0"
                                + " --mcast1 226.94.1.1 --mcastport1 40123 --token 17000 --fail_recv_const 10");
        assertThat(ContractJson.text(outcome)).doesNotContain("s3cretPassw0rd");
        assertThat(host.lines().getFirst().stdin()).isEqualTo("s3cretPassw0rd\n");
    }

    @Test
    void furtherServersAreAdded() {
        String arguments = STAGE_2.replace("true", "false");
        actions.succeed("configure_corosync2_stage_2", arguments);
        assertThat(host.commands()).endsWith("pcs cluster node add oss2.lab.example");
        host.on("pcs cluster node add oss2.lab.example", failed(1, "Error: oss2.lab.example: already in a cluster"));
        actions.succeed("configure_corosync2_stage_2", arguments);
    }

    @Test
    void aServerThatCannotBeAuthenticatedIsAFailureWithoutThePassword() {
        host.on(
                "pcs cluster auth oss2.lab.example -u hacluster",
                failed(1, "Error: Unable to communicate with oss2.lab.example"));
        assertThat(actions.fail("configure_corosync2_stage_2", STAGE_2))
                .contains("Unable to communicate")
                .doesNotContain("s3cretPassw0rd");
    }

    @Test
    void currentVersionsOfPcsGetTheirOwnCommandLines() {
        host.on("ip addr", WITH_RING1);
        host.on("getent ahostsv4 oss2.lab.example", "192.0.2.22 STREAM\n");
        host.on(
                "pcs cluster auth oss2.lab.example -u hacluster",
                failed(1, "\nUsage: pcs cluster auth [-u <username>] [-p <password>]\n"));
        actions.succeed("configure_corosync2_stage_2", STAGE_2);
        actions.succeed("configure_corosync2_stage_2", STAGE_2.replace("true", "false"));
        assertThat(host.commands())
                .contains(
                        "pcs host auth oss2.lab.example -u hacluster",
                        "pcs cluster setup lustre-ha-cluster oss2.lab.example addr=192.0.2.21 addr=10.0.0.21 --force totem"
                                + " token=17000 fail_recv_const=10",
                        "pcs cluster node add oss2.lab.example addr=192.0.2.22 addr=10.0.0.22");
        assertThat(host.commands()).noneMatch(line -> line.contains("s3cretPassw0rd"));
        assertThat(host.lines().get(1).stdin()).isEqualTo("s3cretPassw0rd\n");
    }

    @Test
    void theMulticastPortIsChangedInFirewallAndFile() {
        actions.succeed("change_mcast_port", "{'old_mcast_port':40123,'new_mcast_port':40125}");
        assertThat(host.commands())
                .containsExactly(
                        "/usr/bin/firewall-cmd --remove-port=40123/udp",
                        "/usr/bin/firewall-cmd --remove-port=40123/udp --permanent",
                        "/usr/bin/firewall-cmd --add-port=40125/udp",
                        "/usr/bin/firewall-cmd --add-port=40125/udp --permanent",
                        "sed -i.bak 's/mcastport:.*/mcastport: 40125/g' /etc/corosync/corosync.conf");
    }

    @Test
    void aServerLeavesTheCluster() {
        host.on("pcs status nodes corosync", Fixtures.contract("pcs-status-nodes.txt"));
        actions.succeed("unconfigure_corosync2", "{'host_fqdn':'oss1.lab.example','mcast_port':40123}");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl disable corosync",
                        "pcs status nodes corosync",
                        "pcs --force cluster node remove oss1.lab.example",
                        "/usr/bin/firewall-cmd --remove-port=2224/tcp",
                        "/usr/bin/firewall-cmd --remove-port=2224/tcp --permanent",
                        "/usr/bin/firewall-cmd --remove-port=40123/udp",
                        "/usr/bin/firewall-cmd --remove-port=40123/udp --permanent");
    }

    @Test
    void errorsOfTheLastServersLeavingAreTolerated() {
        String remove = "pcs --force cluster node remove oss1.lab.example";
        String arguments = "{'host_fqdn':'oss1.lab.example','mcast_port':40123}";
        host.on(remove, failed(1, "Error: Unable to update any nodes"));
        host.on(
                "pcs status nodes corosync",
                ok(Fixtures.contract("pcs-status-nodes.txt")),
                ok("Corosync Nodes:\n Online: oss1\n Offline:\n"));
        assertThat(actions.fail("unconfigure_corosync2", arguments)).contains("Unable to update any nodes");
        actions.succeed("unconfigure_corosync2", arguments);
        ScriptedHost other = new ScriptedHost(host.stateDirectory());
        other.on(remove, failed(1, "cat: /etc/corosync/corosync.conf: No such file or directory"));
        Actions.of(CorosyncActions.all(), other).succeed("unconfigure_corosync2", arguments);
    }

    @Test
    void theServiceIsEnabledStartedAndStopped() {
        host.on("systemctl is-active corosync", ok("active"), failed(3, "inactive"));
        actions.succeed("start_corosync2", "{}");
        actions.succeed("stop_corosync2", "{}");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl enable corosync",
                        "systemctl start corosync",
                        "systemctl is-active corosync",
                        "systemctl stop corosync",
                        "systemctl is-active corosync");
    }

    @Test
    void aServiceThatWillNotStartIsTriedSixTimes() {
        host.on("systemctl is-active corosync", failed(3, "failed"));
        assertThat(actions.fail("start_corosync2", "{}"))
                .contains("service corosync is still not active although 'systemctl start corosync' succeeded 6 times");
        assertThat(host.commands())
                .filteredOn("systemctl start corosync"::equals)
                .hasSize(6);
    }

    private static String capture(String from, Announcement announcement) {
        StringBuilder text = new StringBuilder(
                "12:00:00.1 IP " + from + " > 226.94.1.1: ICMP echo request, id 1, seq 1, length 64\n");
        String hex = "4500005400004000" + "00".repeat(20) + announcement.pattern() + announcement.pattern();
        List<String> rows = List.of(hex.split("(?<=\\G.{32})"));
        for (int i = 0; i < rows.size(); i++) {
            text.append("\t0x%04x:  %s\n".formatted(16 * i, rows.get(i).replaceAll("(.{4})(?=.)", "$1 ")));
        }
        return text.toString();
    }
}
