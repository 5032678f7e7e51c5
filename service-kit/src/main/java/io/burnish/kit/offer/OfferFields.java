package io.burnish.kit.offer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Supplement;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of every stateful object that say what can be asked of it and which jobs hold it (API contract, core 1.11). In the wire form
 * that an object's facts carry they are empty: whoever embeds it fills them from what it knows itself.
 */
@ApplicationScoped
public class OfferFields {

    private static final String TRANSITIONS = "available_transitions";
    private static final String JOBS = "available_jobs";
    private static final String ACTIONS = "available_actions";
    private static final String LOCKS = "locks";
    private static final String NO_OFFERS = "[]";
    private static final String NO_LOCKS = "{\"read\":[],\"write\":[]}";

    private final PresentOffers offers;

    OfferFields(PresentOffers offers) {
        this.offers = offers;
    }

    /**
     * The fields, for the resource of a type.
     *
     * @param id expression of the object's id
     */
    public List<Field> of(ObjectType type, String id) {
        Supplement.Source source = new Source(type);
        return List.of(
                Field.supplied(TRANSITIONS, FieldType.LIST, id, new Supplement(source, NO_OFFERS))
                        .shaped(Shape.list(OfferShapes.TRANSITION))
                        .help("States that can be PUT, with their verbs"),
                Field.supplied(JOBS, FieldType.LIST, id, new Supplement(source, NO_OFFERS))
                        .shaped(Shape.list(OfferShapes.JOB))
                        .help("Jobs that can be POSTed as a command"),
                Field.supplied(ACTIONS, FieldType.LIST, id, new Supplement(source, NO_OFFERS))
                        .shaped(Shape.list(Shape.anyOf(OfferShapes.TRANSITION, OfferShapes.JOB)))
                        .help("Transitions and jobs, by display_order"),
                Field.supplied(LOCKS, FieldType.DICT, id, new Supplement(source, NO_LOCKS))
                        .shaped(OfferShapes.LOCKS)
                        .help("Incomplete jobs that hold locks on the object"));
    }

    /** Whether the wire form of an object, a JSON text, has these fields. */
    public static boolean in(String wire) {
        return wire.contains('"' + ACTIONS + '"');
    }

    /**
     * Fills the fields of embedded objects, as far as they have them.
     *
     * @param objects by id
     */
    public Future<Void> fill(ObjectType type, Map<Object, ObjectNode> objects) {
        Set<Object> ids = new HashSet<>();
        objects.forEach((id, object) -> {
            if (object.has(ACTIONS)) {
                ids.add(id);
            }
        });
        return load(type, ids).map(texts -> {
            texts.forEach((field, byId) ->
                    byId.forEach((id, text) -> objects.get(id).putRawValue(field, new RawValue(text))));
            return null;
        });
    }

    /** A number that is the same as long as all offers are. */
    public Future<Long> state() {
        return offers.state();
    }

    /** The offers of the objects of a type. */
    private final class Source implements Supplement.Source {

        private final ObjectType type;

        Source(ObjectType type) {
            this.type = type;
        }

        @Override
        public Future<Map<String, Map<Object, String>>> load(Set<Object> ids) {
            return OfferFields.this.load(type, ids);
        }

        @Override
        public Future<Long> state() {
            return offers.state();
        }
    }

    private Future<Map<String, Map<Object, String>>> load(ObjectType type, Set<Object> ids) {
        Map<Object, ObjectRef> refs = new HashMap<>();
        ids.forEach(id -> refs.put(id, new ObjectRef(type, ((Number) id).longValue())));
        return offers.of(Set.copyOf(refs.values()))
                .map(found -> Map.of(
                        TRANSITIONS, texts(refs, found, ObjectOffers::transitions),
                        JOBS, texts(refs, found, ObjectOffers::jobs),
                        ACTIONS, texts(refs, found, ObjectOffers::actions),
                        LOCKS, texts(refs, found, ObjectOffers::locks)));
    }

    private static Map<Object, String> texts(
            Map<Object, ObjectRef> refs, Map<ObjectRef, ObjectOffers> found, Function<ObjectOffers, String> part) {
        Map<Object, String> texts = new HashMap<>();
        refs.forEach((id, ref) -> texts.put(id, part.apply(found.get(ref))));
        return texts;
    }
}
