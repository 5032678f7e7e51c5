package io.burnish.host.spi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.kit.sql.Tx;
import java.util.List;
import java.util.Optional;

/**
 * The servers, as registration and deployment need them. Implemented by the feature that owns the table of servers.
 *
 * <p>A server comes into being together with the command that sets it up (ADR 5): {@link #register} creates it provisionally, the
 * command is requested with {@link Registered#introduced()}, then {@link #confirm} makes it visible or {@link #discard} undoes it.
 * A provisional server is in no list, no fact and no plan, but its name is taken; its first job may arrive before the confirmation,
 * so {@code OwnedObjects.lockState} finds it.
 */
public interface HostRegistry {

    /** What a server of that fully qualified name is called. */
    static String label(String fqdn) {
        String local = ".localdomain";
        return fqdn.endsWith(local) ? fqdn.substring(0, fqdn.length() - local.length()) : fqdn;
    }

    /** The profile of that name. */
    Optional<ServerProfile> profile(Tx tx, String name);

    /** The profile of that name as agents get it (agent contract, 8.1), also in the action {@code update_profile}. */
    Optional<ObjectNode> agentProfile(Tx tx, String name);

    /** The server with that fully qualified name that is not removed, provisional ones included. */
    Optional<KnownHost> byFqdn(Tx tx, String fqdn);

    /** The server with that id that is not removed, provisional ones included. */
    Optional<KnownHost> byId(Tx tx, long hostId);

    /** The server with that address that is not removed, provisional ones included. */
    Optional<KnownHost> byAddress(Tx tx, String address);

    /**
     * A server that exists.
     *
     * @param provisional its command is being asked for
     */
    record KnownHost(
            long id,
            String address,
            String fqdn,
            String nodename,
            String label,
            String state,
            String profile,
            boolean provisional) {}

    /**
     * Creates a server that has registered with a token, provisionally: state {@code unconfigured}, install method {@code manual},
     * with its LNet configuration. A server in state {@code undeployed} (its deployment has failed) is taken up instead: it becomes
     * {@code unconfigured} at once and {@link Registered#taken()} says so; it is never discarded.
     */
    Registered register(Tx tx, Registration registration);

    /** Who registers. */
    record Registration(String address, String fqdn, String nodename, String profile) {}

    /**
     * A registered server.
     *
     * @param introduced snapshots of what was created, for the request of the command
     * @param wantedState the profile's initial state
     * @param taken the server existed before
     */
    record Registered(long hostId, List<Fact> introduced, String wantedState, boolean taken) {}

    /**
     * Creates a server that is to be deployed over SSH, provisionally: state {@code undeployed}, with its LNet configuration. One that
     * is in that state already (its deployment has failed or was given up) is taken up instead, with the new profile and install
     * method: {@link Registered#taken()} says so, it stays as it is otherwise and is never discarded.
     */
    Registered deploy(Tx tx, Deployment deployment);

    /**
     * Who is to be deployed.
     *
     * @param address {@code [user@]host[:port]}
     * @param installMethod {@code id_password_root}, {@code private_key_choice} or {@code existing_keys_choice}
     */
    record Deployment(String address, String fqdn, String nodename, String profile, String installMethod) {}

    /**
     * The server has got another name and address; its facts are published.
     *
     * @return whether that was possible: {@code false} if another server has one of them
     */
    boolean rename(Tx tx, long hostId, String fqdn, String address);

    /** The command exists: the server becomes visible and its facts are published. Repetitions change nothing. */
    void confirm(Tx tx, long hostId);

    /** There will be no command: a provisional server goes without a trace. Repetitions change nothing. */
    void discard(Tx tx, long hostId);
}
