package io.burnish.contracts.agent.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * Value of the action {@code detect_scan} (agent contract, 6.7): Lustre targets on a server's devices.
 *
 * @param mgsTargets what the mounted MGT of the server knows, by file system; empty without one, and always for ZFS
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DetectScanResult(List<LocalTarget> localTargets, Map<String, List<MgsTarget>> mgsTargets) {

    /** Absent lists are empty. */
    public DetectScanResult {
        localTargets = localTargets == null ? List.of() : List.copyOf(localTargets);
        mgsTargets = mgsTargets == null ? Map.of() : Map.copyOf(mgsTargets);
    }

    /**
     * A target on a device of the server.
     *
     * @param name {@code MGS}, or for example {@code fs1-OST0000}
     * @param uuid of the backing file system, as the device was given to the action, else as the server reads it; {@code null} if neither
     *     says
     * @param params what is written on it, for example {@code mgsnode}: lists of NIDs
     * @param mounted whether the server has it mounted
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record LocalTarget(
            String name,
            String uuid,
            Map<String, List<String>> params,
            List<String> devicePaths,
            boolean mounted,
            String type) {

        /** Absent lists are empty. */
        public LocalTarget {
            params = params == null ? Map.of() : Map.copyOf(params);
            devicePaths = devicePaths == null ? List.of() : List.copyOf(devicePaths);
        }
    }

    /** A target that an MGS knows: {@code nid} is where it registered. */
    public record MgsTarget(String uuid, String name, String nid) {}
}
