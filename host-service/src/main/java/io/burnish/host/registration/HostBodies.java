package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.spi.BulkRequest;
import io.burnish.host.spi.HostRegistry;
import io.burnish.host.ssh.SshAddress;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checks that bodies about servers pass before anything is done (API contract, core 2.15, 2.17): each element names a server by
 * {@code host} or {@code address}. All errors of all elements are told at once.
 */
@ApplicationScoped
class HostBodies {

    private static final String HOST = "host";
    private static final String ADDRESS = "address";

    private final Database database;
    private final HostRegistry hosts;

    HostBodies(Database database, HostRegistry hosts) {
        this.database = database;
        this.hosts = hosts;
    }

    /**
     * Checks all elements of a body.
     *
     * @throws ApiError 400 field to messages
     */
    void check(ObjectNode body) {
        check(body, Map.of());
    }

    /**
     * As {@link #check(ObjectNode)}.
     *
     * @param others errors that were found already: they are told together
     */
    void check(ObjectNode body, Map<String, List<String>> others) {
        List<ObjectNode> elements = BulkRequest.elements(body);
        Map<String, List<String>> errors = database.transaction(tx -> {
            Map<String, List<String>> found = new LinkedHashMap<>(others);
            elements.forEach(element -> check(tx, element, found));
            return found;
        });
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
    }

    /** The address of a checked element. */
    String address(ObjectNode element) {
        return element.hasNonNull(ADDRESS)
                ? element.get(ADDRESS).asText().strip()
                : database.transaction(
                        tx -> byId(tx, element.get(HOST)).orElseThrow().address());
    }

    private void check(Tx tx, ObjectNode element, Map<String, List<String>> errors) {
        boolean byId = element.hasNonNull(HOST);
        boolean byAddress =
                element.hasNonNull(ADDRESS) && !element.get(ADDRESS).asText().isBlank();
        if (byId && byAddress) {
            add(errors, "host_and_data", "Only the host id or host address must be provided, not both.");
        } else if (byId) {
            if (byId(tx, element.get(HOST)).isEmpty()) {
                add(
                        errors,
                        HOST,
                        "Host of id %s must exist".formatted(element.get(HOST).asText()));
            }
        } else if (!byAddress) {
            add(errors, ADDRESS, "This field is mandatory");
        } else {
            checkAddress(tx, element, errors);
        }
    }

    private void checkAddress(Tx tx, ObjectNode element, Map<String, List<String>> errors) {
        String address = element.get(ADDRESS).asText().strip();
        if (SshAddress.parse(address).isEmpty()) {
            add(errors, ADDRESS, "'%s' is not an address: give host, user@host or user@host:port".formatted(address));
            return;
        }
        JsonNode must = element.path("host_must_exist");
        if (must.isBoolean()) {
            boolean known = hosts.byAddress(tx, address).isPresent();
            if (must.booleanValue() && !known) {
                add(errors, ADDRESS, "Host %s is not in use by IML".formatted(address));
            } else if (!must.booleanValue() && known) {
                add(errors, ADDRESS, "Host %s is already in use by IML".formatted(address));
            }
        }
    }

    private Optional<HostRegistry.KnownHost> byId(Tx tx, JsonNode id) {
        try {
            return hosts.byId(tx, Long.parseLong(id.asText()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void add(Map<String, List<String>> errors, String field, String message) {
        List<String> messages = errors.computeIfAbsent(field, name -> new ArrayList<>());
        if (!messages.contains(message)) {
            messages.add(message);
        }
    }
}
