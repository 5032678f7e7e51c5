package io.burnish.kit.offer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.facts.KnownLocks;
import io.burnish.lifecycle.offer.Offer;
import io.burnish.lifecycle.offer.Offers;
import io.burnish.lifecycle.world.World;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a stateful object says of its offers and locks (API contract, core 1.11), each as JSON text.
 *
 * @param transitions states to PUT
 * @param jobs classes to POST
 * @param actions both, by display order
 * @param locks ids of the incomplete jobs that hold locks on the object
 */
record ObjectOffers(String transitions, String jobs, String actions, String locks) {

    /** Of an object in a world; the same that {@code /api/action/} answers in it. */
    static ObjectOffers of(World world, KnownLocks locks, ObjectRef object) {
        StringJoiner transitions = array();
        StringJoiner jobs = array();
        StringJoiner actions = array();
        for (Offer offer : Offers.of(world, locks, object)) {
            String text = OfferJson.inObject(offer).toString();
            (OfferJson.transition(offer) ? transitions : jobs).add(text);
            actions.add(text);
        }
        return new ObjectOffers(
                transitions.toString(), jobs.toString(), actions.toString(), text(locks.holders(object)));
    }

    private static StringJoiner array() {
        return new StringJoiner(",", "[", "]");
    }

    /** Characters of all texts: what keeping them costs. */
    int length() {
        return transitions.length() + jobs.length() + actions.length() + locks.length();
    }

    private static String text(KnownLocks.Holders holders) {
        ObjectNode locks = JsonNodeFactory.instance.objectNode();
        locks.set("read", ids(holders.read()));
        locks.set("write", ids(holders.write()));
        return locks.toString();
    }

    private static JsonNode ids(List<Long> jobs) {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        jobs.forEach(ids::add);
        return ids;
    }
}
