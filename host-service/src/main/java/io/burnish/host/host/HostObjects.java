package io.burnish.host.host;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.kit.execution.OwnedObjects;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Servers and their configurations as jobs see them. */
@ApplicationScoped
class HostObjects implements OwnedObjects {

    private final HostStore hosts;
    private final ConfigurationStore configurations;

    HostObjects(HostStore hosts, ConfigurationStore configurations) {
        this.hosts = hosts;
        this.configurations = configurations;
    }

    @Override
    public Optional<String> lockState(Tx tx, ObjectRef ref) {
        return ref.type() == ObjectType.HOST ? hosts.lockState(tx, ref.id()) : configurations.lockState(tx, ref);
    }

    @Override
    public void changeState(Tx tx, ObjectRef ref, String state) {
        if (ref.type() == ObjectType.HOST) {
            hosts.changeState(tx, ref.id(), state, false);
        } else {
            configurations.changeState(tx, ref, state, false);
        }
    }
}
