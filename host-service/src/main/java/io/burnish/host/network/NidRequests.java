package io.burnish.host.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes of NIDs: one command with a job for each server concerned (API contract, storage 15.2 to 15.4). What is stored follows when the
 * servers report it.
 */
@ApplicationScoped
class NidRequests {

    private static final Set<String> NO_FILTERS = Set.of("limit", "offset", "order_by", "format");

    private final Database database;
    private final ResourceReader reader;
    private final Commands commands;

    NidRequests(Database database, ResourceReader reader, Commands commands) {
        this.database = database;
        this.reader = reader;
        this.commands = commands;
    }

    /** POST. */
    Reply set(Call call) {
        List<NidChange> changes = database.transaction(tx -> NidForm.read(tx, call.body()));
        return Commands.started(configure(call, changes));
    }

    /** PUT: the interface of the URL must be among those of the body. */
    Reply replace(Call call) {
        long id = call.numericId();
        List<NidChange> changes = database.transaction(tx -> {
            if (removals(tx, List.of(id)).isEmpty()) {
                throw ApiError.notFoundJson();
            }
            return NidForm.read(tx, call.body());
        });
        if (changes.stream().noneMatch(change -> change.interfaceId() == id)) {
            throw ApiError.field(
                    "network_interface", "Must be /api/network_interface/%d/, as the URL says".formatted(id));
        }
        return Commands.started(configure(call, changes));
    }

    /** DELETE of one. */
    Reply remove(Call call) {
        List<NidChange> changes = database.transaction(tx -> removals(tx, List.of(id(call))));
        if (changes.isEmpty()) {
            throw ApiError.notFound();
        }
        configure(call, changes);
        return Reply.noContent();
    }

    /** Whatever is no number is no NID's id. */
    private static long id(Call call) {
        try {
            return Long.parseLong(call.id());
        } catch (NumberFormatException e) {
            throw ApiError.notFound();
        }
    }

    /** DELETE of a filtered list; all NIDs of all servers at once is never meant. */
    Reply removeAll(Call call) {
        if (call.parameters().names().stream()
                .filter(name -> !NO_FILTERS.contains(name))
                .filter(name -> call.resource().field(name.split("__")[0]).isPresent())
                .findAny()
                .isEmpty()) {
            throw ApiError.badQuery(
                    "Name the NIDs to remove by a filter, for example ?lnet_configuration=<id>: this would remove all.");
        }
        List<Long> ids = reader.matching(call.resource(), call.parameters(), call.principal());
        List<NidChange> changes = database.transaction(tx -> removals(tx, ids));
        if (!changes.isEmpty()) {
            configure(call, changes);
        }
        return Reply.noContent();
    }

    private static List<NidChange> removals(Tx tx, Collection<Long> ids) {
        List<NidChange> changes = new ArrayList<>();
        for (Row row : tx.query(
                NetworkInterface.SELECT
                        + " JOIN nid n ON n.network_interface_id = i.id AND n.lnd_type IS NOT NULL WHERE i.id = ANY ($1) ORDER BY i.id",
                (Object) ids.toArray(Long[]::new))) {
            NetworkInterface one = NetworkInterface.of(row);
            one.requireConfigurable();
            changes.add(NidChange.removal(one.id(), one.lnetId()));
        }
        return changes;
    }

    private CommandReply configure(Call call, List<NidChange> changes) {
        Map<Long, ObjectNode> jobs = new TreeMap<>();
        for (NidChange change : changes) {
            NidEdits.add(jobs.computeIfAbsent(change.lnetId(), NidEdits::of), change);
        }
        try {
            return commands.request(new CommandRequest(
                    Commands.key(call),
                    "Configuring NIDS for hosts",
                    List.of(),
                    jobs.values().stream()
                            .map(args -> new CommandRequest.JobWant(NidEdits.JOB, args))
                            .toList(),
                    List.of(),
                    call.principal().actor()));
        } catch (InternalClient.RefusedException e) {
            throw ApiError.badRequest(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", e.refusal().message()));
        }
    }
}
