package io.burnish.host.lab;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The test itself answers actions: the hub waits for agents that never come, and does not answer in their place. */
public final class JobTestProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "burnish.hub.host", "127.0.0.1",
                "burnish.hub.port", "0",
                "burnish.hub.unreachable-after", "PT30M",
                "burnish.repository.url", "https://packages.example");
    }
}
