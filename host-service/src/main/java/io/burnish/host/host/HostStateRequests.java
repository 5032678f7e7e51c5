package io.burnish.host.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.registration.HostAddition;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * {@code PUT} and {@code DELETE} of a server (API contract, core 2.15). The address in the body counts before the id in the URL: clients
 * send the complete object.
 */
@ApplicationScoped
class HostStateRequests {

    private static final String ADDRESS = "address";
    private static final String ERROR = "error";
    private static final String STATE = "state";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final Database database;
    private final Commands commands;
    private final HostAddition addition;

    HostStateRequests(Database database, Commands commands, HostAddition addition) {
        this.database = database;
        this.commands = commands;
        this.addition = addition;
    }

    private record Present(long id, String state, String label) {}

    /** Changes the state, or deploys again a server whose deployment has failed. */
    Reply put(Call call) {
        Present host = named(call);
        JsonNode wanted = call.body().path(STATE);
        if (host.state().equals("undeployed") && !wanted.asText().equals("removed")) {
            return addition.deployAgain(call, host.id());
        }
        if (wanted.isMissingNode()) {
            throw fault(
                    JsonNodeFactory.instance.textNode("State data not present for host %s".formatted(host.label())));
        }
        if (wanted.asText().equals(host.state())) {
            return Reply.noContent();
        }
        try {
            // the report of a dry run comes with the status of a command
            return commands.changeState(call, ObjectRef.host(host.id()), host.state())
                            instanceof Reply.Json(int status, JsonNode body, String location)
                    ? new Reply.Json(status == OK ? 202 : status, body, location)
                    : Reply.noContent();
        } catch (ApiError e) {
            throw e.status() == BAD_REQUEST ? fault(e.body()) : e;
        }
    }

    /** Removes. */
    Reply remove(Call call) {
        Present host = find("h.id = $1", call.numericId()).orElseThrow(ApiError::notFoundJson);
        return commands.remove(call, ObjectRef.host(host.id()), "removed");
    }

    private Present named(Call call) {
        if (call.body().hasNonNull(ADDRESS)) {
            return find("h.address = $1", call.body().get(ADDRESS).asText())
                    .orElseThrow(() ->
                            fault(JsonNodeFactory.instance.textNode("ManagedHost matching query does not exist.")));
        }
        return find("h.id = $1", number(call))
                .orElseThrow(() -> fault(JsonNodeFactory.instance.textNode(
                        "Couldn't find an instance of 'ManagedHost' which matched 'pk=%s'.".formatted(call.id()))));
    }

    /** What is no number is no server's id. */
    private static long number(Call call) {
        try {
            return Long.parseLong(call.id());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Optional<Present> find(String condition, Object arg) {
        return database.transaction(tx -> tx.first(
                        "SELECT h.id, h.state, h.fqdn FROM host h WHERE h.not_deleted AND NOT h.provisional AND "
                                + condition,
                        arg)
                .map(row -> new Present(row.getLong(0), row.getString(1), HostRegistry.label(row.getString(2)))));
    }

    private static ApiError fault(JsonNode reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(ERROR, reason);
        return ApiError.badRequest(body.putNull("traceback"));
    }
}
