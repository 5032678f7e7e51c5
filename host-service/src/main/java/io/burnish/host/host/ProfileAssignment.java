package io.burnish.host.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Gives servers profiles (API contract, core 2.18): where nothing is set up yet the profile is recorded, elsewhere a job sets it; then
 * a command brings the server to the profile's initial state if that can be asked for.
 */
@ApplicationScoped
class ProfileAssignment {

    /** Argument of {@code SetHostProfileJob} besides the server: name of the profile. */
    static final String PROFILE = "server_profile";

    private static final Set<String> BARE = Set.of("undeployed", "unconfigured");
    /** States from which a profile's initial state may be requested (orchestration 3.1). */
    private static final Set<String> STARTING = Set.of("undeployed", "unconfigured", "packages_installed");

    private final Database database;
    private final HostStore hosts;
    private final Commands commands;

    ProfileAssignment(Database database, HostStore hosts, Commands commands) {
        this.database = database;
        this.hosts = hosts;
        this.commands = commands;
    }

    private record Assigned(HostRegistry.KnownHost host, ServerProfile profile, boolean differs, List<Fact> facts) {}

    /** Assigns a profile; returns the commands that were started, none if the server had it and nothing is left to do. */
    ArrayNode assign(Call call, long hostId, String profileName, int index) {
        Assigned assigned = database.transaction(tx -> {
            ServerProfile profile = hosts.profile(tx, profileName)
                    .orElseThrow(() -> ApiError.plainField("error", "No ServerProfile matches the given query."));
            HostRegistry.KnownHost host = hosts.byId(tx, hostId)
                    .filter(known -> !known.provisional())
                    .orElseThrow(() -> ApiError.plainField("error", "ManagedHost matching query does not exist."));
            boolean differs = !host.profile().equals(profileName);
            boolean recorded = differs && BARE.contains(host.state());
            return new Assigned(
                    host, profile, differs, recorded ? hosts.assignProfile(tx, hostId, profile) : List.of());
        });
        String key = Commands.key(call) + "-" + index;
        ArrayNode started = JsonNodeFactory.instance.arrayNode();
        if (assigned.differs()) {
            if (!BARE.contains(assigned.host().state())) {
                started.add(setByJob(call, key, assigned));
            }
            if (STARTING.contains(assigned.host().state())
                    && !assigned.host().state().equals(assigned.profile().initialState())) {
                started.add(start(call, key, assigned));
            }
        }
        return started;
    }

    private JsonNode setByJob(Call call, String key, Assigned assigned) {
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.put("host_id", assigned.host().id());
        args.put(PROFILE, assigned.profile().name());
        return request(new CommandRequest(
                key + "-profile",
                "Changing host %s to profile %s"
                        .formatted(assigned.host().fqdn(), assigned.profile().uiName()),
                List.of(),
                List.of(new CommandRequest.JobWant("SetHostProfileJob", args)),
                List.of(),
                call.principal().actor()));
    }

    /** The facts go along: the command service may not have heard of the new profile yet. */
    private JsonNode start(Call call, String key, Assigned assigned) {
        return request(new CommandRequest(
                key + "-state",
                null,
                List.of(new CommandRequest.Want(
                        HostStore.ref(assigned.host().id()), assigned.profile().initialState())),
                List.of(),
                assigned.facts(),
                call.principal().actor()));
    }

    private JsonNode request(CommandRequest request) {
        CommandReply reply = commands.request(request);
        return reply.command();
    }
}
