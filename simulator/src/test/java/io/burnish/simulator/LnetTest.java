package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.ActionOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LNet of a virtual server has the networks that its module options said when it was loaded. */
class LnetTest {

    private Rig rig;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private JsonNode lnet() {
        return rig.act("mds1", "device_plugin", Map.of("plugin", "linux_network"))
                .at("/linux_network/lnet");
    }

    private void configure(List<String> entries, List<List<?>> nids) {
        rig.act(
                "mds1",
                "configure_lnet",
                Map.of("lnet_configuration", Map.of("modprobe_entries", entries, "network_interfaces", nids)));
    }

    private void reload() {
        rig.act("mds1", "stop_lnet", Map.of());
        rig.act("mds1", "unload_lnet", Map.of());
        rig.startLnet("mds1");
    }

    @Test
    void withoutOptionsItHasItsOwnDefault() {
        rig.startLnet("mds1");

        assertThat(lnet().toString()).isEqualTo("""
                        {"state":"lnet_up","nids":{"eth0":{"nid_address":"10.73.10.11","lnd_type":"tcp","lnd_network":0}}}""");
    }

    @Test
    void otherNetworksCountFromTheNextLoadOn() {
        rig.startLnet("mds1");
        configure(List.of("tcp7(eth0)"), List.of(List.of("10.73.10.11", "tcp", 7)));
        assertThat(lnet().at("/nids/eth0/lnd_network").asInt()).isZero();

        reload();

        assertThat(lnet().at("/nids/eth0/lnd_network").asInt()).isEqualTo(7);
    }

    @Test
    void aNetworkOnAnInterfaceWithoutAddressDoesNotComeUp() {
        configure(List.of("tcp0(eth1)"), List.of());
        rig.act("mds1", "load_lnet", Map.of());

        assertThat(rig.outcome("mds1", "start_lnet", Map.of())).isInstanceOf(ActionOutcome.Failed.class);
        assertThat(lnet().path("state").asText()).isEqualTo("lnet_down");
    }

    @Test
    void withAllNidsRemovedItHasNoneUntilItIsUpAgain() {
        rig.startLnet("mds1");
        rig.act("mds1", "stop_lnet", Map.of());
        rig.act("mds1", "unload_lnet", Map.of());
        configure(List.of(), List.of());
        assertThat(lnet().toString()).isEqualTo("{\"state\":\"lnet_unloaded\",\"nids\":{}}");

        rig.startLnet("mds1");

        assertThat(lnet().path("nids")).hasSize(1);
    }
}
