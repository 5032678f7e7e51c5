package io.burnish.contracts.agent.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Map;

/**
 * The cluster as one server sees it, plug-in {@code corosync} (agent contract, 5.2).
 *
 * @param crmInfo {@code null} also when the cluster software gave nothing usable
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CorosyncReport(CrmInfo crmInfo, Services state) {

    /** The name of the plug-in. */
    public static final String PLUGIN = "corosync";

    /**
     * Members and options.
     *
     * @param datetime when the cluster status was last updated
     * @param nodes attributes as the cluster prints them ({@code online}, {@code standby}, {@code is_dc}, …), by node name
     */
    public record CrmInfo(Instant datetime, Map<String, Map<String, String>> nodes, Options options) {}

    /** Cluster options. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Options(boolean stonithEnabled) {}

    /** {@code started} or {@code stopped} each. */
    public record Services(String corosync, String pacemaker) {}
}
