package io.burnish.host.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.spi.BulkRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Link;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changes that a body of {@code nid} asks for (API contract, storage 15.2). One check after another, each over all objects: the first
 * object that fails is reported.
 */
final class NidForm {

    private static final String INTERFACE = "network_interface";
    private static final String NETWORK = "lnd_network";
    private static final String TYPE = "lnd_type";
    private static final String LNET = "lnet_configuration";
    private static final Set<String> KNOWN = Set.of(INTERFACE, NETWORK, TYPE, LNET, "resource_uri");
    /** LNet keeps network numbers in 16 bits. */
    private static final int LAST_NETWORK = 0xffff;

    private NidForm() {}

    /**
     * Reads a body: one object, or {@code objects}.
     *
     * @throws ApiError 400 if something is wrong with it
     */
    static List<NidChange> read(Tx tx, ObjectNode body) {
        List<ObjectNode> elements = BulkRequest.elements(body);
        elements.forEach(NidForm::requireKeys);
        elements.forEach(NidForm::refuseUnknownKeys);
        Map<Long, NetworkInterface> interfaces = interfaces(tx, elements);
        elements.forEach(element -> requireLinks(element, interfaces));
        List<NidChange> changes = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (ObjectNode element : elements) {
            NetworkInterface one = interfaces.get(id(element));
            if (!seen.add(one.id())) {
                throw ApiError.field(INTERFACE, "%s is named more than once".formatted(one));
            }
            changes.add(change(element, one));
        }
        return changes;
    }

    private static void requireKeys(ObjectNode element) {
        require(element, List.of(NETWORK));
        JsonNode network = element.get(NETWORK);
        if (!network.isIntegralNumber()
                || network.longValue() < NidChange.REMOVED
                || network.longValue() > LAST_NETWORK) {
            throw ApiError.field(NETWORK, "Must be a number from 0 to %d, or -1 for none".formatted(LAST_NETWORK));
        }
        require(element, network.asInt() == NidChange.REMOVED ? List.of(INTERFACE) : List.of(INTERFACE, TYPE));
    }

    private static void require(ObjectNode element, List<String> keys) {
        FormErrors errors = new FormErrors();
        for (String key : keys) {
            if (!element.has(key)) {
                errors.add(key, "Field %s not present in data".formatted(key));
            }
        }
        errors.refuseIfAny();
    }

    private static void refuseUnknownKeys(ObjectNode element) {
        Set<String> unknown = new TreeSet<>();
        element.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            String names = String.join(",", unknown);
            throw ApiError.field(names, "Additional field(s) %s found in data".formatted(names));
        }
    }

    private static long id(ObjectNode element) {
        return Link.of(element.path(INTERFACE)).id(INTERFACE).orElse(0L);
    }

    private static Map<Long, NetworkInterface> interfaces(Tx tx, Collection<ObjectNode> elements) {
        Map<Long, NetworkInterface> found = new HashMap<>();
        for (Row row : tx.query(NetworkInterface.SELECT + " WHERE i.id = ANY ($1)", (Object)
                elements.stream().map(NidForm::id).toArray(Long[]::new))) {
            NetworkInterface one = NetworkInterface.of(row);
            found.put(one.id(), one);
        }
        return found;
    }

    private static void requireLinks(ObjectNode element, Map<Long, NetworkInterface> interfaces) {
        NetworkInterface one = interfaces.get(id(element));
        if (one == null) {
            throw notFound(element.path(INTERFACE));
        }
        JsonNode lnet = element.path(LNET);
        if (!lnet.isMissingNode() && !lnet.isNull() && Link.of(lnet).id(LNET).orElse(0L) != one.lnetId()) {
            throw notFound(lnet);
        }
    }

    private static ApiError notFound(JsonNode link) {
        String text = Link.of(link).text();
        return ApiError.field(text, "Resource %s was not found".formatted(text));
    }

    private static NidChange change(ObjectNode element, NetworkInterface one) {
        one.requireConfigurable();
        JsonNode type = element.path(TYPE);
        boolean named = !type.isMissingNode() && !type.isNull();
        int network = element.get(NETWORK).asInt();
        if ((named || network != NidChange.REMOVED) && !one.supports(type.asText())) {
            throw ApiError.field(TYPE, "lnd_type %s not valid for interface %s".formatted(type.asText(), one));
        }
        if (network == NidChange.REMOVED) {
            return NidChange.removal(one.id(), one.lnetId());
        }
        one.requireAddress();
        return new NidChange(one.id(), one.lnetId(), type.asText(), network);
    }
}
