package io.burnish.agent.corosync;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.network.IpAddresses.Link;
import io.burnish.agent.network.Ipv4;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which interface becomes ring 1 (agent contract, 10.1). */
record RingCandidates(ActionContext context) {

    /**
     * The interface that has the address, or else the only one that is free and has a link.
     *
     * @throws ActionFailedException if there is none, or more than one
     */
    String choose(List<Link> links, Link ring0, Ipv4 wanted) throws InterruptedException, IOException {
        Optional<Link> already = links.stream()
                .filter(link -> link.inet4s().contains(wanted.toString()))
                .findFirst();
        if (already.isPresent()) {
            return already.get().name();
        }
        List<String> candidates = new ArrayList<>();
        for (Link link : links) {
            boolean free =
                    link.inet4().isEmpty() && !link.slave() && !link.name().equals(ring0.name());
            if (free && hasCarrier(link)) {
                candidates.add(link.name());
            }
        }
        if (candidates.size() != 1) {
            throw new ActionFailedException("exactly one free network interface with a link is needed for the second"
                    + " ring (" + wanted + "), found " + (candidates.isEmpty() ? "none" : candidates)
                    + "; connect one, or give the right one this address");
        }
        return candidates.getFirst();
    }

    private boolean hasCarrier(Link link) throws InterruptedException, IOException {
        if (!link.up()) {
            context.commands().tryRun("/sbin/ip", "link", "set", "dev", link.name(), "up");
        }
        boolean carrier =
                context.await(context.waits().link(), context.waits().servicePause(), () -> linkDetected(link.name()));
        if (!link.up()) {
            context.commands().tryRun("/sbin/ip", "link", "set", "dev", link.name(), "down");
        }
        return carrier;
    }

    private boolean linkDetected(String name) throws InterruptedException {
        return context.commands().polling().run("ethtool", name).stdout().contains("Link detected: yes");
    }
}
