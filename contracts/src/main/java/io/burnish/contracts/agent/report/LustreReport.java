package io.burnish.contracts.agent.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Lustre on a server, plug-in {@code lustre} (agent contract, 5.1; statistics travel as samples).
 *
 * @param startedAt when this cycle began, by the server's clock
 * @param mounts mounted targets; empty: none
 * @param clientMounts mounted Lustre clients; empty: none
 * @param jobidVar how Lustre names jobs in statistics ({@code disable}, {@code procname_uid}, {@code SLURM_JOB_ID}, …)
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LustreReport(
        Instant startedAt,
        String agentVersion,
        List<String> capabilities,
        Properties properties,
        List<Mount> mounts,
        List<ClientMount> clientMounts,
        ResourceLocations resourceLocations,
        String jobidVar) {

    /** The name of the plug-in. */
    public static final String PLUGIN = "lustre";

    /**
     * What profile validation looks at.
     *
     * @param distroVersion first two components as a number, for example 7.4
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Properties(boolean zfsInstalled, String distro, double distroVersion, String kernelVersion) {}

    /**
     * A mounted target.
     *
     * @param device canonical path
     * @param fsUuid uuid of the backing file system, or guid of the dataset
     * @param label service name, for example {@code scratch-OST0000}
     * @param recoveryStatus key and value pairs of {@code recovery_status}; empty for an MGT
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Mount(
            String device, String fsUuid, String mountPoint, String label, Map<String, String> recoveryStatus) {}

    /** A client mount: {@code mountspec} is {@code nid,nid:nid:/fsname}. */
    public record ClientMount(String mountspec, String mountpoint) {}

    /**
     * Where the cluster runs its resources.
     *
     * @param nodes HA label to node name, {@code null} where it does not run; empty when the cluster has no DC
     * @param error why the cluster said nothing; {@code null} if it did
     */
    public record ResourceLocations(Map<String, String> nodes, String error) {}
}
