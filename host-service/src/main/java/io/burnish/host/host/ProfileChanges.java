package io.burnish.host.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A profile and the command that sets a server up by it come about together or not at all (ADR 5): the profile is recorded with the key of
 * the request and the former profile, the command is asked for, which is the commit point, and the record goes. Whatever dies between is
 * settled by {@link ProfileChangeKeeper}, or by the next request for the same server.
 */
@ApplicationScoped
class ProfileChanges {

    private static final String SELECT =
            "SELECT host_id, former, profile, request::text AS request FROM profile_change ";

    private final Database database;
    private final HostStore hosts;
    private final Commands commands;

    ProfileChanges(Database database, HostStore hosts, Commands commands) {
        this.database = database;
        this.hosts = hosts;
        this.commands = commands;
    }

    /** The change of a server that is not settled. */
    Optional<ProfileChange> pending(Tx tx, long hostId) {
        return tx.first(SELECT + "WHERE host_id = $1 FOR UPDATE", hostId).map(ProfileChange::of);
    }

    /** Records a profile, for a command to the profile's initial state. */
    ProfileChange begin(Tx tx, HostRegistry.KnownHost host, ServerProfile profile, String key, String actor) {
        List<Fact> facts = hosts.assignProfile(tx, host.id(), profile);
        // the facts go along: the command service may not have heard of the new profile yet
        ProfileChange change = new ProfileChange(
                host.id(),
                host.profile(),
                profile.name(),
                new CommandRequest(
                        key,
                        null,
                        List.of(new CommandRequest.Want(HostStore.ref(host.id()), profile.initialState())),
                        List.of(),
                        facts,
                        actor));
        tx.update(
                "INSERT INTO profile_change (host_id, key, former, profile, request) VALUES ($1, $2, $3, $4,"
                        + " $5::text::jsonb)",
                change.hostId(),
                change.key(),
                change.former(),
                change.profile(),
                ContractJson.text((Object) change.request()));
        return change;
    }

    /**
     * Asks for the command.
     *
     * @throws InternalClient.RefusedException if the command was refused; the server has its former profile then
     * @throws io.burnish.kit.api.ApiError 503 or 504 if it is not known whether the command exists; that is settled later, or by
     *     repeating the request
     */
    JsonNode complete(ProfileChange change) {
        CommandReply reply;
        try {
            reply = commands.request(change.request());
        } catch (InternalClient.RefusedException e) {
            database.run(tx -> revert(tx, change));
            throw e;
        }
        database.run(tx -> end(tx, change));
        return reply.command();
    }

    /** Finds out whether there is a command, and makes sure that none comes later; returns whether there is. */
    boolean settle(ProfileChange change) {
        boolean exists = commands.forbid(change.key()).isPresent();
        database.run(tx -> {
            if (exists) {
                end(tx, change);
            } else {
                revert(tx, change);
            }
        });
        return exists;
    }

    /** Changes that nobody works on any more, the oldest first. */
    List<ProfileChange> leftBehind(Tx tx, Duration age) {
        List<ProfileChange> found = new ArrayList<>();
        tx.query(
                        SELECT + "WHERE created_at < now() - make_interval(secs => $1) ORDER BY created_at LIMIT 100",
                        age.toMillis() / 1000.0)
                .forEach(row -> found.add(ProfileChange.of(row)));
        return found;
    }

    private static boolean end(Tx tx, ProfileChange change) {
        return tx.update("DELETE FROM profile_change WHERE key = $1", change.key()) == 1;
    }

    /** Gives the server its former profile back, unless it is gone or somebody has done something with the new one since. */
    private void revert(Tx tx, ProfileChange change) {
        if (end(tx, change)
                && tx.first("""
                    SELECT 1 FROM host h WHERE h.id = $1 AND h.not_deleted AND h.profile = $2 AND h.state = ANY ($3)
                        AND NOT EXISTS (SELECT 1 FROM neighbour_lock l WHERE l.ref = 'host:' || h.id AND cardinality(l.write_jobs) > 0)\
                    """, change.hostId(), change.profile(), ProfileAssignment.BARE.toArray(String[]::new))
                        .isPresent()) {
            hosts.profile(tx, change.former()).ifPresent(former -> hosts.assignProfile(tx, change.hostId(), former));
        }
    }
}
