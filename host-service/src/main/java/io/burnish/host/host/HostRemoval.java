package io.burnish.host.host;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.packages.PackageStore;
import io.burnish.host.power.Outlets;
import io.burnish.host.spi.HubAdministration;
import io.burnish.host.storage.StorageRegistry;
import io.burnish.host.volume.VolumeServers;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets a server: its certificates, configurations, devices, packages and power (orchestration 4.1, delete host). */
@ApplicationScoped
public class HostRemoval {

    private final HubAdministration hub;
    private final ConfigurationStore configurations;
    private final VolumeServers volumes;
    private final Outlets outlets;
    private final StorageRegistry resources;
    private final PackageStore packages;
    private final HostStore hosts;

    HostRemoval(
            HubAdministration hub,
            ConfigurationStore configurations,
            VolumeServers volumes,
            Outlets outlets,
            StorageRegistry resources,
            PackageStore packages,
            HostStore hosts) {
        this.hub = hub;
        this.configurations = configurations;
        this.volumes = volumes;
        this.outlets = outlets;
        this.resources = resources;
        this.packages = packages;
        this.hosts = hosts;
    }

    /** Removes everything but the server's own row, whose state the job changes. */
    public void remove(Tx tx, long hostId) {
        hub.removeHost(tx, hostId);
        configurations
                .ofHost(tx, hostId)
                .forEach(fact ->
                        configurations.changeState(tx, new ObjectRef(fact.ref().type(), fact.id()), "removed", false));
        tx.update(
                "DELETE FROM nid n USING network_interface i WHERE i.id = n.network_interface_id AND i.host_id = $1",
                hostId);
        tx.update("DELETE FROM network_interface WHERE host_id = $1", hostId);
        packages.forget(tx, hostId);
        volumes.removeHost(tx, hostId);
        resources.hostRemoved(tx, hostId);
        outlets.hostRemoved(tx, hostId);
    }

    /** Removes the server whatever its state, without its agent. */
    public void forceRemove(Tx tx, long hostId) {
        remove(tx, hostId);
        hosts.changeState(tx, hostId, "removed", false);
    }
}
