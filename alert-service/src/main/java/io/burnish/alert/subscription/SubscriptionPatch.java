package io.burnish.alert.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.alert.subscription.SubscriptionStore.Subscription;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code PATCH} of the list (API contract, core 1.14): all of it is done or nothing. Removals are {@code deleted_objects}, which the
 * public API document calls {@code deletions}.
 */
@ApplicationScoped
class SubscriptionPatch {

    private final Database database;
    private final SubscriptionStore store;
    private final SubscriptionBody body;

    SubscriptionPatch(Database database, SubscriptionStore store, SubscriptionBody body) {
        this.database = database;
        this.store = store;
        this.body = body;
    }

    /** @param id of the existing one that is changed; {@code null}: a new one */
    private record Element(Long id, Subscription wanted) {}

    Reply apply(Call call) {
        if (!(call.body().get("objects") instanceof ArrayNode objects)) {
            throw ApiError.badQuery("Invalid data sent: missing 'objects'");
        }
        Principal caller = call.principal();
        List<Element> elements = new ArrayList<>();
        for (JsonNode object : objects) {
            if (!(object instanceof ObjectNode sent)) {
                throw ApiError.badQuery("Every element of 'objects' must be an object.");
            }
            elements.add(element(sent, caller));
        }
        List<Long> removed = new ArrayList<>();
        call.body().path("deleted_objects").forEach(uri -> removed.add(id(uri)));
        call.body().path("deletions").forEach(uri -> removed.add(id(uri)));
        database.run(tx -> {
            elements.forEach(element -> store(tx, element, caller));
            removed.forEach(id -> remove(tx, id, caller));
        });
        return new Reply.Empty(202, null);
    }

    /** Users are looked up here, before the transaction: an unknown one may have to be waited for. */
    private Element element(ObjectNode sent, Principal caller) {
        if (!sent.hasNonNull("resource_uri")) {
            return new Element(null, body.read(sent, null, caller));
        }
        long id = id(sent.get("resource_uri"));
        Optional<Subscription> present = database.transaction(tx -> store.find(tx, id));
        present.ifPresent(found -> SubscriptionBody.requireOwn(caller, found.userId()));
        return new Element(present.isPresent() ? id : null, body.read(sent, present.orElse(null), caller));
    }

    private void store(Tx tx, Element element, Principal caller) {
        if (element.id() == null) {
            store.add(tx, element.wanted());
            return;
        }
        Subscription present = store.find(tx, element.id()).orElseThrow(ApiError::notFoundJson);
        SubscriptionBody.requireOwn(caller, present.userId());
        store.change(tx, element.id(), element.wanted());
    }

    private void remove(Tx tx, long id, Principal caller) {
        Subscription present = store.find(tx, id).orElseThrow(ApiError::notFoundJson);
        SubscriptionBody.requireOwn(caller, present.userId());
        store.remove(tx, id);
    }

    /** The id in a link; a link to something else is a look-up that fails. */
    private static long id(JsonNode uri) {
        return Link.of(uri).id("alert_subscription").orElseThrow(ApiError::notFoundJson);
    }
}
