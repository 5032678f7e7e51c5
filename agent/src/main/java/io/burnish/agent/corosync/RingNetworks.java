package io.burnish.agent.corosync;

import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.network.Ipv4;

/** Which address ring 1 has, given that of ring 0 (agent contract, 10.1): both servers of a pair compute it alike. */
final class RingNetworks {

    private static final int SHORTEST_PREFIX = 9;
    private static final Ipv4 LOWER_HALF = Ipv4.parse("10.0.0.0");
    private static final Ipv4 UPPER_HALF = Ipv4.parse("10.128.0.0");

    private RingNetworks() {}

    /**
     * The host part of ring 0's address in a private network that is not ring 0's own.
     *
     * @throws ActionFailedException if ring 0's network is too large for that
     */
    static Ipv4 ring1Address(Ipv4 ring0, int prefix) {
        if (prefix < SHORTEST_PREFIX) {
            throw new ActionFailedException("the network of " + ring0 + "/" + prefix
                    + " is too large to derive a second ring from it: a prefix of at least " + SHORTEST_PREFIX
                    + " is needed");
        }
        Ipv4 network = ring0.sameNetwork(LOWER_HALF, SHORTEST_PREFIX) ? UPPER_HALF : LOWER_HALF;
        return ring0.hostIn(network, prefix);
    }
}
