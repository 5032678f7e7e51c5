package io.burnish.agent.target;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import java.util.Optional;

/** What this server remembers about a target that it may mount (agent contract, 9.5). */
record StoredTarget(
        String bdev,
        String mntpt,
        String backfstype,
        @JsonProperty("device_type") String deviceType) {

    StoredTarget {
        // entries of old agents lack these two
        backfstype = backfstype == null ? "ldiskfs" : backfstype;
        deviceType = deviceType == null ? "linux" : deviceType;
    }

    static Optional<StoredTarget> find(ConfigStore store, String uuid) {
        return store.get(Section.TARGETS, uuid, StoredTarget.class);
    }

    TargetStorage storage() {
        return TargetStorage.of(deviceType);
    }
}
