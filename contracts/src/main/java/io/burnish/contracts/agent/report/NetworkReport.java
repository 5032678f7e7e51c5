package io.burnish.contracts.agent.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * Network of a server, plug-in {@code linux_network} (agent contract, 7.1).
 *
 * @param interfaces by name, without {@code lo} and bond members
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record NetworkReport(Map<String, Interface> interfaces, Lnet lnet) {

    /** The name of the plug-in. */
    public static final String PLUGIN = "linux_network";

    /**
     * A network interface.
     *
     * @param inet4Address empty without IPv4
     * @param inet4Prefix 0 without IPv4
     * @param type LND type: {@code tcp}, {@code o2ib}, or the link type as the kernel names it
     * @param rxBytes decimal, since boot
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Interface(
            String macAddress,
            String inet4Address,
            int inet4Prefix,
            String inet6Address,
            String type,
            String rxBytes,
            String txBytes,
            boolean up,
            boolean slave) {}

    /**
     * LNet.
     *
     * @param state {@code lnet_unloaded}, {@code lnet_down} or {@code lnet_up}
     * @param nids by interface name; while LNet is not up those that it will have, {@code null} if the agent does not know them
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Lnet(String state, Map<String, LnetNid> nids) {}

    /** The NID of an interface. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record LnetNid(String nidAddress, String lndType, int lndNetwork) {}
}
