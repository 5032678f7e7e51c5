package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** LNet of a server is stopped and started, and its interface is given another network and back. */
class NetworkTest {

    private static final String SERVER = "oss2.lab.example";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Lab lab = Lab.open();

    private JsonNode lnet() {
        return lab.only("/api/lnet_configuration/?dehydrate__nid=1&host__fqdn=" + SERVER);
    }

    private String nids() {
        JsonNode host = lab.only("/api/host/?fqdn=" + SERVER);
        return host.path("nids").toString();
    }

    @Test
    void lnetStopsAndStarts() {
        String uri = lnet().path("resource_uri").asText();
        lab.succeed(lab.put(uri, "lnet_down"));
        assertThat(lnet().path("state").asText()).isEqualTo("lnet_down");

        lab.succeed(lab.put(uri, "lnet_up"));

        assertThat(lnet().path("state").asText()).isEqualTo("lnet_up");
    }

    @Test
    void anInterfaceGetsAnotherNetworkAndBack() {
        String before = nids();
        JsonNode nid =
                lab.objects("/api/nid/?network_interface__host__fqdn=" + SERVER).getFirst();
        assertThat(nid.path("lnd_network").asInt()).isZero();

        lab.succeed(network(nid, 3));
        await().atMost(SOON).until(() -> nids().contains("@tcp3"));
        assertThat(lnet().path("state").asText()).isEqualTo("lnet_up");

        lab.succeed(network(nid, 0));
        await().atMost(SOON).until(() -> nids().equals(before));
    }

    private JsonNode network(JsonNode nid, int number) {
        return lab.client()
                .post(
                        "/api/nid/",
                        Map.of(
                                "network_interface",
                                nid.path("network_interface").asText(),
                                "lnd_network",
                                number,
                                "lnd_type",
                                nid.path("lnd_type").asText()))
                .orThrow("POST /api/nid/")
                .path("command");
    }
}
