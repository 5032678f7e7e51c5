package io.burnish.host.registration;

import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which servers are let in, in the order of checks of the agent contract, 1.4. */
@ApplicationScoped
class Admission {

    private static final String UNDEPLOYED = "undeployed";

    private final String version;
    private final HostRegistry hosts;

    Admission(@ConfigProperty(name = "quarkus.application.version") String version, HostRegistry hosts) {
        this.version = version;
        this.hosts = hosts;
    }

    /** Refuses agents of another version. */
    void check(RegistrationRequest request) {
        AgentVersions.mismatch(version, request.version()).ifPresent(reason -> {
            throw RegistrationRefused.text(reason);
        });
    }

    /**
     * The server that the request is for if it only needs a certificate; empty if it has to be created, or taken up.
     *
     * @throws RegistrationRefused if its name or address is another server's
     */
    Optional<Long> present(
            Tx tx, TokenStore.Token token, RegistrationRequest request, Optional<HostRegistry.KnownHost> known) {
        if (token.hostId() != null) {
            return Optional.of(deployed(token, request, known));
        }
        if (known.isPresent() && !known.get().state().equals(UNDEPLOYED)) {
            if (known.get().provisional() || everConnected(tx, known.get().id())) {
                throw RegistrationRefused.field("fqdn", "FQDN in use");
            }
            return Optional.of(known.get().id());
        }
        if (request.address() != null) {
            hosts.byAddress(tx, request.address())
                    .filter(other -> !other.fqdn().equals(request.fqdn()))
                    .ifPresent(other -> {
                        throw RegistrationRefused.field("address", "Address in use");
                    });
        }
        return Optional.empty();
    }

    /** A token of a deployment is good for its server and no other. */
    private static long deployed(
            TokenStore.Token token, RegistrationRequest request, Optional<HostRegistry.KnownHost> known) {
        return known.map(HostRegistry.KnownHost::id)
                .filter(token.hostId()::equals)
                .orElseThrow(() -> RegistrationRefused.field(
                        "fqdn", "This token deploys another server than %s".formatted(request.fqdn())));
    }

    private static boolean everConnected(Tx tx, long hostId) {
        return tx.first("SELECT 1 FROM agent_session WHERE host_id = $1", hostId)
                .isPresent();
    }
}
