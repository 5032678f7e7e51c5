package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ServerProfile;
import java.util.List;

/**
 * A server.
 *
 * @param address how it is reached for deployment: {@code [user@]host[:port]}
 * @param nodename name that the cluster software uses
 * @param inContact its agent talks to the hub (false: there is an active {@code HostContactAlert})
 * @param offline a cluster peer reports it offline (true: there is an active {@code HostOfflineAlert})
 * @param peers ids of the servers of its HA cluster, without itself, ascending
 * @param outletPower power of its outlets, {@code null} elements where unknown; empty without outlets
 */
public record HostFact(
        long id,
        long version,
        String state,
        boolean immutableState,
        String address,
        String fqdn,
        String nodename,
        String label,
        String installMethod,
        ServerProfile profile,
        boolean inContact,
        boolean offline,
        List<Long> peers,
        List<Boolean> outletPower)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.HOST, id);
    }

    @Override
    public HostFact inState(String newState) {
        return new HostFact(
                id,
                version,
                newState,
                immutableState,
                address,
                fqdn,
                nodename,
                label,
                installMethod,
                profile,
                inContact,
                offline,
                peers,
                outletPower);
    }
}
