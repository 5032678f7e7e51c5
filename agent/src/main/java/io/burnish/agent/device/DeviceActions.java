package io.burnish.agent.device;

import io.burnish.agent.action.Action;
import java.util.List;

/** The actions of this package. */
public final class DeviceActions {

    private DeviceActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(new DetectScan(), new BlockDeviceDrivers());
    }
}
