package io.burnish.host.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.spi.BulkRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** States of LNet of several servers by one command: {@code PUT /api/lnet_configuration/} (API contract, storage 17). */
@ApplicationScoped
class LnetStates {

    private final Database database;
    private final Commands commands;

    LnetStates(Database database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    /** 202 with the command, 204 if everything is as wanted already. */
    Reply change(Call call) {
        if (!call.body().path("objects").isArray()) {
            throw ApiError.badQuery("Invalid data sent.");
        }
        List<CommandRequest.Want> wants = database.transaction(tx -> BulkRequest.elements(call.body()).stream()
                .map(element -> want(tx, element))
                .toList());
        try {
            return Commands.started(commands.request(new CommandRequest(
                    Commands.key(call),
                    null,
                    wants,
                    List.of(),
                    List.of(),
                    call.principal().actor())));
        } catch (InternalClient.RefusedException e) {
            throw ApiError.plainField("state", e.refusal().message());
        }
    }

    private static CommandRequest.Want want(Tx tx, ObjectNode element) {
        if (!element.path("state").isTextual()) {
            throw ApiError.plainField("state", "Must be a string");
        }
        JsonNode host = element.path("host");
        long id = host.path("id").canConvertToLong()
                ? host.path("id").asLong()
                : Link.of(host).id("host").orElse(0L);
        long lnet = tx.first("""
                        SELECT c.id FROM lnet_configuration c JOIN host h ON h.id = c.host_id AND NOT h.provisional
                        WHERE c.host_id = $1 AND c.not_deleted\
                        """, id)
                .map(row -> row.getLong(0))
                .orElseThrow(() -> ApiError.field("host", "No server is named by %s".formatted(host)));
        return new CommandRequest.Want(
                new ObjectRef(ObjectType.LNET_CONFIGURATION, lnet),
                element.path("state").asText());
    }
}
