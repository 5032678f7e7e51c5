package io.burnish.kit.offer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.kit.facts.KnownLocks;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.offer.Offers;
import io.burnish.lifecycle.world.WorldIndex;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys of stateful objects (API contract, core 1.11) over the offers of a server (core 2.15). */
class ObjectOffersTest {

    private static final ObjectRef HOST = ObjectRef.host(12);
    private static final ServerProfile MANAGED =
            new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);

    private final WorldIndex world = new WorldIndex();

    ObjectOffersTest() {
        world.apply(new HostFact(
                HOST.id(),
                1,
                "managed",
                false,
                "oss1",
                "oss1.lab.example",
                "oss1",
                "oss1.lab.example",
                "manual",
                MANAGED,
                true,
                false,
                List.of(),
                List.of()));
    }

    private static ArrayNode list(String text) {
        return ContractJson.read(text, ArrayNode.class);
    }

    private static List<String> keys(JsonNode entry) {
        return entry.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void entriesHaveTheKeysOfTheContract() {
        ObjectOffers offers = ObjectOffers.of(world, new KnownLocks(), HOST);
        ArrayNode transitions = list(offers.transitions());
        assertThat(transitions).hasSize(1);
        assertThat(keys(transitions.get(0)))
                .containsExactly("display_group", "display_order", "long_description", "state", "verb");
        assertThat(transitions.get(0).get("state").asText()).isEqualTo("removed");
        assertThat(transitions.get(0).get("verb").asText()).isEqualTo("Remove");

        ArrayNode jobs = list(offers.jobs());
        assertThat(jobs.findValuesAsText("class_name"))
                .containsExactly("RebootHostJob", "ShutdownHostJob", "ForceRemoveHostJob");
        for (JsonNode job : jobs) {
            assertThat(keys(job))
                    .containsExactly(
                            "args",
                            "class_name",
                            "confirmation",
                            "display_group",
                            "display_order",
                            "long_description",
                            "verb");
            assertThat(job.get("args").get("host_id").asLong()).isEqualTo(HOST.id());
        }
        assertThat(jobs.get(0).get("confirmation").isNull()).isTrue();
        assertThat(jobs.get(1).get("confirmation").asText()).startsWith("Shuts this server down.");
        assertThat(offers.locks()).isEqualTo("{\"read\":[],\"write\":[]}");
    }

    @Test
    void actionsAreBothByDisplayOrder() {
        ObjectOffers offers = ObjectOffers.of(world, new KnownLocks(), HOST);
        ArrayNode actions = list(offers.actions());
        assertThat(actions.findValuesAsText("verb")).containsExactly("Reboot", "Shutdown", "Remove", "Force Remove");
        assertThat(actions.findValues("display_order")).isSortedAccordingTo(Comparator.comparingInt(JsonNode::asInt));
        assertThat(actions)
                .containsExactlyInAnyOrderElementsOf(list(offers.transitions()).addAll(list(offers.jobs())));
    }

    @Test
    void theySayWhatTheActionResourceSays() {
        List<ObjectNode> entries = Offers.of(world, Locks.NONE, HOST).stream()
                .map(offer -> ContractJson.read(OfferJson.complete(offer).toString(), ObjectNode.class))
                .toList();
        ArrayNode actions = list(ObjectOffers.of(world, new KnownLocks(), HOST).actions());
        assertThat(actions).hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            ObjectNode entry = entries.get(i);
            assertThat(entry).hasSize(8);
            actions.get(i).properties().forEach(property -> assertThat(entry.get(property.getKey()))
                    .isEqualTo(property.getValue()));
        }
    }

    @Test
    void aWriterTakesTheOffersAwayAReaderDoesNot() {
        ObjectOffers read = ObjectOffers.of(world, locked(List.of(5L, 8L), List.of()), HOST);
        assertThat(list(read.actions())).hasSize(4);
        assertThat(read.locks()).isEqualTo("{\"read\":[5,8],\"write\":[]}");

        ObjectOffers written = ObjectOffers.of(world, locked(List.of(5L), List.of(9L, 11L)), HOST);
        assertThat(List.of(written.transitions(), written.jobs(), written.actions()))
                .containsOnly("[]");
        assertThat(written.locks()).isEqualTo("{\"read\":[5],\"write\":[9,11]}");
    }

    @Test
    void ofAnObjectThatNobodyKnowsNothingIsOffered() {
        ObjectOffers offers = ObjectOffers.of(world, new KnownLocks(), ObjectRef.host(13));
        assertThat(List.of(offers.transitions(), offers.jobs(), offers.actions(), offers.locks()))
                .containsExactly("[]", "[]", "[]", "{\"read\":[],\"write\":[]}");
    }

    private static KnownLocks locked(List<Long> read, List<Long> write) {
        KnownLocks locks = new KnownLocks();
        locks.put(HOST, read, write);
        return locks;
    }
}
