package io.burnish.agent.corosync;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.network.Ipv4;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Listens to cluster traffic on the rings (agent contract, 10.1). Without {@code tcpdump} it hears nobody. */
record RingTraffic(ActionContext context) {

    static final String GROUP_RING1 = "226.94.1.1";
    private static final String ENOUGH = "50";

    /** Multicast ports in use on ring 0's network. */
    Set<Integer> usedPorts(String ring0) throws InterruptedException {
        return CapturedTraffic.ports(capture(
                context.waits().listenRing0(),
                "tcpdump",
                "-i",
                ring0,
                "-n",
                "-l",
                "-c",
                ENOUGH,
                "udp and dst net 226.94.0.0/16"));
    }

    /** The other server of the pair, if it says within the time that it leads: that it has settled, or prevails. */
    Optional<CapturedTraffic.Peer> leader(String ring1, Ipv4 mine) throws InterruptedException {
        long end = System.nanoTime() + context.waits().listenRing1().toNanos();
        Optional<CapturedTraffic.Peer> heard = peer(ring1, mine, end);
        while (heard.isPresent() && !heard.get().leads(mine) && System.nanoTime() < end) {
            Thread.sleep(context.waits().step());
            heard = peer(ring1, mine, end);
        }
        return heard.filter(peer -> peer.leads(mine));
    }

    private Optional<CapturedTraffic.Peer> peer(String ring1, Ipv4 mine, long end) throws InterruptedException {
        Duration left = Duration.ofNanos(Math.max(end - System.nanoTime(), 1_000_000));
        return CapturedTraffic.peer(capture(
                left,
                "tcpdump",
                "-i",
                ring1,
                "-n",
                "-l",
                "-x",
                "-c",
                "1",
                "dst host " + GROUP_RING1 + " and not src host " + mine));
    }

    private String capture(Duration time, String... args) throws InterruptedException {
        try {
            // running into the time limit is the normal end of listening
            return context.commands().run(CommandLine.of(args).within(time)).stdout();
        } catch (CommandNotFoundException e) {
            context.commands().remark("tcpdump is not installed: cannot listen for other servers");
            return "";
        }
    }
}
