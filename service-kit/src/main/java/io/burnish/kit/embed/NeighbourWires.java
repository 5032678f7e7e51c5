package io.burnish.kit.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ReadContext;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.offer.OfferFields;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Embeds objects of other services as their owners last served them, complete with what those embed; also removed ones, as long as
 * somebody refers to them. What can be asked of them and who holds them is as this service knows it now. One statement for each relation
 * at each level, whatever the number of objects. An object that is not known (yet) inside an embedded one stays a link.
 */
@ApplicationScoped
public class NeighbourWires {

    private static final String WIRES = "SELECT id, wire::text FROM neighbour WHERE ref = ANY($1) AND wire IS NOT NULL";

    private final OfferFields offers;

    NeighbourWires(OfferFields offers) {
        this.offers = offers;
    }

    /** The source of objects of a type, for relation fields. */
    public RelationLoader of(ObjectType type) {
        return new Wires(type);
    }

    /** Objects of a type, with what can be asked of them now. */
    private final class Wires implements RelationLoader {

        private final ObjectType type;

        Wires(ObjectType type) {
            this.type = type;
        }

        @Override
        public Future<Map<Object, String>> load(Set<Object> ids, ReadContext context) {
            return NeighbourWires.this.load(type, ids, context);
        }

        @Override
        public Future<Long> state() {
            return offers.state();
        }
    }

    private Future<Map<Object, String>> load(ObjectType type, Set<Object> ids, ReadContext context) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Object refs = ids.stream()
                .map(id -> new ObjectRef(type, ((Number) id).longValue()).toString())
                .toArray(String[]::new);
        return context.statements().query(WIRES, Tuple.of(refs)).compose(rows -> {
            Map<Object, String> found = new HashMap<>();
            for (Row row : rows) {
                found.put(row.getLong(0), row.getString(1));
            }
            return complete(type, found, context);
        });
    }

    /** The wires with their relations embedded or not, as declared and as the request wants. */
    private Future<Map<Object, String>> complete(ObjectType type, Map<Object, String> wires, ReadContext context) {
        Map<String, NeighbourRelations.To> relations = NeighbourRelations.of(type);
        boolean asTheyAre = relations.isEmpty()
                && context.expansion().flags().isEmpty()
                && wires.values().stream().noneMatch(OfferFields::in);
        if (asTheyAre) {
            return Future.succeededFuture(wires);
        }
        Map<Object, ObjectNode> objects = new HashMap<>();
        wires.forEach((id, text) -> objects.put(id, ContractJson.read(text, ObjectNode.class)));
        objects.values().forEach(object -> collapse(object, context));
        List<Future<Void>> embedded = new ArrayList<>();
        embedded.add(offers.fill(type, objects));
        relations.forEach((field, to) -> {
            if (context.expansion().full(field, to.full())) {
                embedded.add(embed(objects, field, to.type(), context.inside(field)));
            }
        });
        return Future.all(embedded).map(done -> {
            Map<Object, String> texts = new HashMap<>();
            objects.forEach((id, object) -> texts.put(id, object.toString()));
            return texts;
        });
    }

    private Future<Void> embed(Map<Object, ObjectNode> objects, String field, ObjectType type, ReadContext context) {
        Set<Object> ids = new LinkedHashSet<>();
        for (ObjectNode object : objects.values()) {
            replace(object, field, link -> {
                id(type, link).ifPresent(ids::add);
                return link;
            });
        }
        return load(type, ids, context).map(found -> {
            for (ObjectNode object : objects.values()) {
                replace(object, field, link -> id(type, link)
                        .map(found::get)
                        .<JsonNode>map(text -> ContractJson.read(text, JsonNode.class))
                        .orElse(link));
            }
            return null;
        });
    }

    /** Objects where the request wants links (core 1.9: at any level, in every field of that name). */
    private static void collapse(ObjectNode object, ReadContext context) {
        for (String field : List.copyOf(names(object))) {
            if (!context.expansion().full(field, true)) {
                replace(object, field, value -> value.has("resource_uri") ? value.get("resource_uri") : value);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void replace(ObjectNode object, String field, Function<JsonNode, JsonNode> by) {
        JsonNode value = object.get(field);
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, by.apply(list.get(i)));
            }
        } else if (value != null && !value.isNull()) {
            object.set(field, by.apply(value));
        }
    }

    private static Optional<Object> id(ObjectType type, JsonNode link) {
        String prefix = "/api/" + type.resource() + "/";
        String text = link.asText("");
        return text.startsWith(prefix)
                ? Optional.of(Long.valueOf(text.substring(prefix.length(), text.length() - 1)))
                : Optional.empty();
    }
}
