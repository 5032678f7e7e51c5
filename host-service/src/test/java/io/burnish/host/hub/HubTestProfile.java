package io.burnish.host.hub;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A hub with short times on any free port. */
public class HubTestProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>();
        config.put("burnish.hub.host", "127.0.0.1");
        config.put("burnish.hub.port", "0");
        config.put("burnish.hub.heartbeat", "PT0.5S");
        config.put("burnish.hub.contact-timeout", "PT2S");
        config.put("burnish.hub.unreachable-after", "PT5S");
        config.put("burnish.hub.outcome-grace", "PT1S");
        config.put("burnish.hub.start-grace", "PT1S");
        config.put("burnish.hub.tick", "PT0.2S");
        return config;
    }
}
