package io.burnish.host.registration;

import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.HostRegistry;
import io.burnish.host.ssh.SshCredentials;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Creates a server that is to be deployed, or takes one up whose deployment failed, and asks for the command that deploys it. */
@ApplicationScoped
class HostDeployment {

    private static final String UNDEPLOYED = "undeployed";
    private static final String LOCAL_DOMAIN = ".localdomain";

    private final Database database;
    private final CreationStore store;
    private final Creations creations;
    private final HostRegistry hosts;
    private final SecretStore secrets;

    HostDeployment(
            Database database, CreationStore store, Creations creations, HostRegistry hosts, SecretStore secrets) {
        this.database = database;
        this.store = store;
        this.creations = creations;
        this.hosts = hosts;
        this.secrets = secrets;
    }

    /** A deployment whose command can be asked for. */
    record Begun(Creation creation) {
        long hostId() {
            return creation.hostId();
        }
    }

    /**
     * The deployment that an earlier request with the key has begun.
     *
     * @throws ApiError 400 if there is no such profile, or the address is that of a server which is deployed or being added
     */
    Optional<Begun> before(String address, String profile, String key) {
        return database.transaction(tx -> {
            Optional<Begun> begun = store.ofKey(tx, key).map(Begun::new);
            if (begun.isEmpty()) {
                if (hosts.profile(tx, profile).isEmpty()) {
                    throw ApiError.plainField(
                            "error",
                            "Couldn't find an instance of 'ServerProfile' which matched 'pk=%s'.".formatted(profile));
                }
                hosts.byAddress(tx, address).ifPresent(known -> requireUndeployed(known, "Address " + address));
            }
            return begun;
        });
    }

    /**
     * Creates the server provisionally and keeps the credentials, sealed, until its deployment has ended.
     *
     * @throws ApiError 400 if another server has its name
     */
    Begun begin(HostRegistry.Deployment deployment, SshCredentials credentials, String key, String actor) {
        return database.transaction(tx -> {
            store.one(tx);
            Optional<Creation> begun = store.ofKey(tx, key);
            return begun.map(Begun::new).orElseGet(() -> create(tx, deployment, credentials, key, actor));
        });
    }

    private Begun create(
            Tx tx, HostRegistry.Deployment deployment, SshCredentials credentials, String key, String actor) {
        hosts.byAddress(tx, deployment.address())
                .ifPresent(known -> requireUndeployed(known, "Address " + deployment.address()));
        hosts.byFqdn(tx, deployment.fqdn()).ifPresent(known -> {
            requireUndeployed(known, "FQDN " + deployment.fqdn());
            if (!known.address().equals(deployment.address())) {
                throw inUse("FQDN " + deployment.fqdn());
            }
        });
        HostRegistry.Registered registered = hosts.deploy(tx, deployment);
        secrets.forget(tx, DeploymentSecrets.owner(registered.hostId()));
        secrets.keep(
                tx,
                DeploymentSecrets.owner(registered.hostId()),
                credentials.strict().sealable());
        CommandRequest command = new CommandRequest(
                key,
                "Deploying agent to host " + label(deployment.fqdn()),
                List.of(new CommandRequest.Want(ObjectRef.host(registered.hostId()), registered.wantedState())),
                List.of(),
                registered.introduced(),
                actor);
        Creation creation = new Creation(registered.hostId(), registered.taken(), null, null, command, null);
        store.begin(tx, creation);
        return new Begun(creation);
    }

    /**
     * Has the deployment planned and started; the server is visible then.
     *
     * @throws io.burnish.kit.call.InternalClient.RefusedException if it cannot be done; a new server is gone then
     * @throws ApiError 503 or 504 if that is not known yet
     */
    CommandReply complete(Begun begun) {
        return creations.complete(begun.creation(), (tx, reply) -> {});
    }

    private static void requireUndeployed(HostRegistry.KnownHost known, String what) {
        if (known.provisional()) {
            throw ApiError.plainField("error", what + " is being added by another request. Try again in a minute.");
        }
        if (!known.state().equals(UNDEPLOYED)) {
            throw inUse(what);
        }
    }

    private static ApiError inUse(String what) {
        return ApiError.plainField("error", what + " in use");
    }

    private static String label(String fqdn) {
        return fqdn.endsWith(LOCAL_DOMAIN) ? fqdn.substring(0, fqdn.length() - LOCAL_DOMAIN.length()) : fqdn;
    }
}
