package io.burnish.host.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.host.spi.BulkRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Other settings of Corosync (API contract, storage 18): a job changes them while it is stopped; afterwards Corosync and Pacemaker get
 * back their states. The pcs generation keeps its rings: only the port is changed.
 */
@ApplicationScoped
class CorosyncSettings {

    private static final String RESULT = "command";
    private static final String PORT = "mcast_port";
    private static final String INTERFACES = "network_interfaces";
    private static final int RINGS = 2;
    /** Corosync also uses the port below. */
    private static final int FIRST_PORT = 2;

    private static final int LAST_PORT = 65535;

    private final Database database;
    private final Commands commands;

    CorosyncSettings(Database database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    private record Present(long id, Integer port, long hostId, String fqdn, boolean corosync2) {}

    /** PUT of one: the configuration of the URL, or those of {@code objects}. */
    Reply change(Call call) {
        long id = call.numericId();
        database.run(tx -> present(tx, id).orElseThrow(ApiError::notFoundJson));
        return BulkRequest.answer(call.body(), RESULT, (element, index) -> {
            if (!call.body().has("objects") && element.path("id").asLong(id) != id) {
                throw ApiError.plainField("error", "The id %s is not that of the URL.".formatted(element.get("id")));
            }
            return update(call, element, index);
        });
    }

    /** PUT of the list. */
    Reply changeAll(Call call) {
        if (!call.body().path("objects").isArray()) {
            throw ApiError.badQuery("Invalid data sent.");
        }
        return BulkRequest.answer(call.body(), RESULT, (element, index) -> update(call, element, index));
    }

    /** The command; {@code null} if nothing changes. */
    private JsonNode update(Call call, ObjectNode element, int index) {
        for (String key : List.of("id", PORT, INTERFACES)) {
            if (!element.has(key)) {
                throw ApiError.plainField("error", "'%s'".formatted(key));
            }
        }
        int port = port(element.get(PORT));
        Present present = database.transaction(tx -> {
            Present found = present(tx, element.get("id").asLong())
                    .orElseThrow(() -> ApiError.plainField(
                            "error", "There is no Corosync configuration %s.".formatted(element.get("id"))));
            requireInterfaces(tx, found, element.get(INTERFACES));
            return found;
        });
        if (!present.corosync2()) {
            throw ApiError.plainField(
                    "error",
                    "Corosync on %s is of the generation before pcs, which Burnish does not change. Update the server."
                            .formatted(present.fqdn()));
        }
        if (present.port() == null) {
            throw ApiError.plainField(
                    "error", "Corosync on %s is not configured yet: configure it first.".formatted(present.fqdn()));
        }
        return present.port() == port ? null : request(call, present, port, index);
    }

    private static int port(JsonNode value) {
        if (!value.isIntegralNumber() || value.longValue() < FIRST_PORT || value.longValue() > LAST_PORT) {
            throw ApiError.plainField(
                    "error", "mcast_port must be a number from %d to %d.".formatted(FIRST_PORT, LAST_PORT));
        }
        return value.intValue();
    }

    private static void requireInterfaces(Tx tx, Present present, JsonNode links) {
        if (!links.isArray() || links.isEmpty() || links.size() > RINGS) {
            throw ApiError.plainField("error", "network_interfaces must name one or two interfaces.");
        }
        for (JsonNode link : links) {
            if (tx.first(
                            "SELECT 1 FROM network_interface WHERE id = $1 AND host_id = $2",
                            Link.of(link).id("network_interface").orElse(0L),
                            present.hostId())
                    .isEmpty()) {
                throw ApiError.plainField(
                        "error",
                        "%s is no network interface of %s."
                                .formatted(Link.of(link).text(), present.fqdn()));
            }
        }
    }

    private static Optional<Present> present(Tx tx, long id) {
        return tx.first("""
                        SELECT c.id, c.mcast_port, c.host_id, h.fqdn, c.corosync2 FROM corosync_configuration c
                        JOIN host h ON h.id = c.host_id AND NOT h.provisional WHERE c.id = $1 AND c.not_deleted\
                        """, id)
                .map(row -> new Present(
                        row.getLong(0), row.getInteger(1), row.getLong(2), row.getString(3), row.getBoolean(4)));
    }

    private JsonNode request(Call call, Present present, int port, int index) {
        ObjectNode args = JsonNodeFactory.instance
                .objectNode()
                .put("corosync_configuration_id", present.id())
                .put(PORT, port);
        return commands.request(new CommandRequest(
                        Commands.key(call) + "-" + index,
                        "Update Corosync Configuration on host " + present.fqdn(),
                        List.of(),
                        List.of(new CommandRequest.JobWant("ConfigureCorosync2Job", args)),
                        List.of(),
                        call.principal().actor()))
                .command();
    }
}
