package io.burnish.kit.offer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.lifecycle.offer.Offer;
import java.util.List;

/** The wire forms of offers (API contract, core 1.11 and 1.16). */
public final class OfferJson {

    private static final List<String> TRANSITION =
            List.of("display_group", "display_order", "long_description", "state", "verb");
    private static final List<String> JOB =
            List.of("args", "class_name", "confirmation", "display_group", "display_order", "long_description", "verb");

    private OfferJson() {}

    /** Everything about an offer, null where it has none: an entry of {@code /api/action/}, but for the object. */
    public static ObjectNode complete(Offer offer) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.set("args", offer.args());
        entry.put("class_name", offer.className());
        entry.put("confirmation", offer.confirmation());
        entry.put("display_group", offer.displayGroup());
        entry.put("display_order", offer.displayOrder());
        entry.put("long_description", offer.longDescription());
        entry.put("state", offer.state());
        entry.put("verb", offer.verb());
        return entry;
    }

    /** An entry in a stateful object: of {@code available_transitions} or of {@code available_jobs}. */
    static ObjectNode inObject(Offer offer) {
        return complete(offer).retain(transition(offer) ? TRANSITION : JOB);
    }

    static boolean transition(Offer offer) {
        return offer.className() == null;
    }
}
