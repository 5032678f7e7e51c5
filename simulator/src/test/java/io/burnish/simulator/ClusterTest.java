package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent makes a cluster of a pair and runs a target in it. Half a minute of it is the first server listening for a peer. */
class ClusterTest {

    private static final String LABEL = "MGS_4a1b2c";

    private static final String PCS_PASSWORD = "corosync-9b1";
    private static final String FENCE_PASSWORD = "<\"fence\"&7c2>";

    @TempDir
    Path directory;

    @Test
    void aTargetMovesFailsOverAndComesBack() throws IOException, InterruptedException {
        try (Rig rig = new Rig(directory)) {
            int port = join(rig, "mds1", true);
            assertThat(join(rig, "mds2", false)).as("both settle on one port").isEqualTo(port);
            noPasswordIsInAnArgument(rig);
            rig.startLnet("mds1");
            rig.startLnet("mds2");
            configureTarget(rig);

            assertThat(rig.act("mds1", "start_target", Map.of("ha_label", LABEL))
                            .asText())
                    .isEqualTo("mds1.lab.example");
            rig.act("mds1", "failover_target", Map.of("ha_label", LABEL));
            assertThat(rig.lun(0).mountedOn).isEqualTo("mds2.lab.example");
            rig.act("mds1", "failback_target", Map.of("ha_label", LABEL));
            assertThat(rig.lun(0).mountedOn).isEqualTo("mds1.lab.example");

            rig.rack.powerOff("mds1.lab.example");
            assertThat(rig.lun(0).mountedOn).isEqualTo("mds2.lab.example");
            assertThat(rig.run("mds2", "crm_mon", "-1", "-r").stdout())
                    .contains(LABEL)
                    .contains("Started mds2");

            rig.act("mds2", "stop_target", Map.of("ha_label", LABEL));
            assertThat(rig.lun(0).mountedOn).isNull();
            assertThat(rig.lab.state().unknown).isEmpty();
        }
    }

    private static int join(Rig rig, String server, boolean first) {
        JsonNode networks = rig.act(server, "get_corosync_autoconfig", Map.of());
        int port = networks.path("mcast_port").asInt();
        Map<String, Object> stage = new HashMap<>(Map.of("mcast_port", port, "pcs_password", PCS_PASSWORD));
        rig.act(server, "configure_corosync2_stage_1", stage);
        stage.putAll(Map.of("ring0_name", "eth0", "ring1_name", "eth1"));
        stage.putAll(Map.of("new_node_fqdn", server + ".lab.example", "create_cluster", first));
        rig.act("mds1", "configure_corosync2_stage_2", stage);
        rig.act(server, "start_corosync2", Map.of());
        rig.act(server, "configure_pacemaker", Map.of());
        rig.act(server, "configure_fencing", Map.of("agents", List.of(fenceAgent(server))));
        return port;
    }

    private static Map<String, Object> fenceAgent(String server) {
        return Map.of(
                "agent", "fence_virsh",
                "login", "admin",
                "password", Map.of("$secretValue", FENCE_PASSWORD),
                "ipaddr", "10.73.10.2",
                "plug", server);
    }

    /** What everybody on a server sees of its processes. */
    private static void noPasswordIsInAnArgument(Rig rig) {
        assertThat(rig.lab.trace().since(0))
                .isNotEmpty()
                .noneMatch(entry -> entry.line().contains(FENCE_PASSWORD)
                        || entry.line().contains(PCS_PASSWORD)
                        || entry.line().contains("&quot;"));
        assertThat(rig.lab.state().clusters.get("pair1").nodeAttributes.get("mds1.lab.example"))
                .containsEntry("0_fence_password", FENCE_PASSWORD)
                .containsEntry("0_fence_agent", "fence_virsh");
    }

    private static void configureTarget(Rig rig) {
        String uuid = rig.formatMgs(0);
        Map<String, String> store = Map.of(
                "device", rig.lun(0).link(),
                "uuid", uuid,
                "mount_point", "/mnt/MGS",
                "backfstype", "ldiskfs",
                "device_type", "linux");
        for (String server : List.of("mds1", "mds2")) {
            rig.act(server, "configure_target_store", store);
            rig.act(
                    server,
                    "configure_target_ha",
                    Map.of(
                            "primary",
                            server.equals("mds1"),
                            "device",
                            rig.lun(0).link(),
                            "ha_label",
                            LABEL,
                            "uuid",
                            uuid,
                            "mount_point",
                            "/mnt/MGS"));
        }
    }
}
