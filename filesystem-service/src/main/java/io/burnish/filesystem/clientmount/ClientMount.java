package io.burnish.filesystem.clientmount;

import io.burnish.contracts.fact.ClientMountFact;

/** A file system mounted, or to be mounted, on a worker: one per server and file system. */
public record ClientMount(
        long id,
        long version,
        long hostId,
        long filesystemId,
        String mountpoint,
        String state,
        boolean immutableState) {

    /** The snapshot for other services. */
    ClientMountFact fact(String host) {
        return new ClientMountFact(
                id,
                version,
                state,
                immutableState,
                "%s:%s (%s)".formatted(host, mountpoint, state),
                hostId,
                filesystemId,
                mountpoint);
    }
}
