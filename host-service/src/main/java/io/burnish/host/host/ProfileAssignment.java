package io.burnish.host.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Gives servers profiles (API contract, core 2.18): where nothing is set up yet the profile is recorded, elsewhere a job sets it; then
 * a command brings the server to the profile's initial state if that can be asked for.
 */
@ApplicationScoped
class ProfileAssignment {

    /** States in which nothing is set up. */
    static final Set<String> BARE = Set.of("undeployed", "unconfigured");
    /** States from which a profile's initial state may be requested (orchestration 3.1). */
    private static final Set<String> STARTING = Set.of("undeployed", "unconfigured", "packages_installed");

    private final Database database;
    private final HostStore hosts;
    private final ProfileChanges changes;
    private final Commands commands;

    ProfileAssignment(Database database, HostStore hosts, ProfileChanges changes, Commands commands) {
        this.database = database;
        this.hosts = hosts;
        this.changes = changes;
        this.commands = commands;
    }

    /** What an assignment means for a server as it is. */
    private sealed interface Way {
        /** The server has the profile, and nothing is left to do. */
        record Done() implements Way {}

        /** The profile is recorded, a command is to be asked for. */
        record Recorded(ProfileChange change) implements Way {}

        /** A job has to set the profile. */
        record ByJob(HostRegistry.KnownHost host, ServerProfile profile) implements Way {}

        /** Another profile is being assigned, and it is not known what has come of it. */
        record Unsettled(ProfileChange other) implements Way {}
    }

    /** Assigns a profile; returns the commands that were started, none if the server had it and nothing is left to do. */
    ArrayNode assign(Call call, long hostId, String profileName, int index) {
        String key = Commands.key(call) + "-" + index;
        ArrayNode started = JsonNodeFactory.instance.arrayNode();
        Way way = way(call, key, hostId, profileName);
        if (way instanceof Way.Unsettled unsettled) {
            changes.settle(unsettled.other());
            way = way(call, key, hostId, profileName);
        }
        switch (way) {
            case Way.Done done -> {}
            case Way.Recorded recorded -> started.add(changes.complete(recorded.change()));
            case Way.ByJob job -> started.add(setByJob(call, key, job));
            case Way.Unsettled again ->
                throw ApiError.unavailable(
                        "Somebody else is changing the profile of this server. Try again in a few seconds.");
        }
        return started;
    }

    private Way way(Call call, String key, long hostId, String profileName) {
        return database.transaction(tx -> way(tx, call, key, hostId, profileName));
    }

    private Way way(Tx tx, Call call, String key, long hostId, String profileName) {
        ServerProfile profile = hosts.profile(tx, profileName)
                .orElseThrow(() -> ApiError.plainField("error", "No ServerProfile matches the given query."));
        hosts.byId(tx, hostId)
                .filter(known -> !known.provisional())
                .orElseThrow(() -> ApiError.plainField("error", "ManagedHost matching query does not exist."));
        hosts.lockState(tx, hostId);
        HostRegistry.KnownHost host = hosts.byId(tx, hostId)
                .orElseThrow(() -> ApiError.plainField("error", "ManagedHost matching query does not exist."));
        ProfileChange pending = changes.pending(tx, hostId).orElse(null);
        if (pending != null) {
            return pending.profile().equals(profileName) ? new Way.Recorded(pending) : new Way.Unsettled(pending);
        }
        if (host.profile().equals(profileName)) {
            return new Way.Done();
        }
        if (!BARE.contains(host.state())) {
            return new Way.ByJob(host, profile);
        }
        if (!starts(host, profile)) {
            hosts.assignProfile(tx, hostId, profile);
            return new Way.Done();
        }
        return new Way.Recorded(changes.begin(
                tx, host, profile, key + "-state", call.principal().actor()));
    }

    private static boolean starts(HostRegistry.KnownHost host, ServerProfile profile) {
        return STARTING.contains(host.state()) && !host.state().equals(profile.initialState());
    }

    /** The state follows when the job has set the profile: only then can it be planned by it. */
    private JsonNode setByJob(Call call, String key, Way.ByJob job) {
        SetProfile.Next next = starts(job.host(), job.profile())
                ? new SetProfile.Next(
                        job.profile().initialState(), call.principal().actor())
                : null;
        return commands.request(new CommandRequest(
                        key + "-profile",
                        "Changing host %s to profile %s"
                                .formatted(job.host().fqdn(), job.profile().uiName()),
                        List.of(),
                        List.of(new CommandRequest.JobWant(
                                SetProfile.JOB,
                                new SetProfile(job.host().id(), job.profile().name(), next).args())),
                        List.of(),
                        call.principal().actor()))
                .command();
    }
}
