package io.burnish.filesystem.lab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.TargetKind;
import io.burnish.testsupport.Neighbour;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands where the target service stands and keeps the promises of {@code /internal/target-claims}: all volumes of a request or none, a
 * key leads to one set of targets, confirmed ones stay.
 */
public final class TargetNeighbour implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, TargetClaim.Reply> CLAIMS = new HashMap<>();
    private static final Map<String, String> DETECTED = new HashMap<>();
    private static final Map<String, Long> DETECTED_IDS = new HashMap<>();
    private static final Set<String> CONFIRMED = new HashSet<>();
    private static final Neighbour SERVER = new Neighbour(TargetNeighbour::answer);
    private static volatile boolean confirming = true;

    /** What becomes of calls from now on. */
    public static void mood(Neighbour.Mood now) {
        SERVER.mood(now);
    }

    /** Whether confirmations are answered from now on, or fail. */
    public static void confirms(boolean now) {
        confirming = now;
    }

    /** The targets that are claimed under a key. */
    public static synchronized List<TargetFact> claimed(String key) {
        return Optional.ofNullable(CLAIMS.get(key))
                .map(TargetClaim.Reply::targets)
                .orElse(List.of());
    }

    /** Whether the targets of a key were confirmed. */
    public static synchronized boolean confirmed(String key) {
        return CONFIRMED.contains(key);
    }

    /** The key under which a volume is claimed. */
    public static synchronized Optional<String> keyOf(long volumeId) {
        return CLAIMS.entrySet().stream()
                .filter(claim -> claim.getValue().targets().stream().anyMatch(target -> target.volumeId() == volumeId))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Names of the targets that were detected. */
    public static synchronized Set<String> detected() {
        return Set.copyOf(DETECTED.values());
    }

    /** Known ones by uuid. */
    private static Neighbour.Answer detect(Detection.Targets wanted) {
        List<String> lines = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (Detection.FoundTarget target : wanted.targets()) {
            if (DETECTED.put(target.uuid(), target.name()) == null) {
                lines.add("Discovered " + target.name());
            }
            ids.add(DETECTED_IDS.computeIfAbsent(target.uuid(), uuid -> FsLab.id()));
        }
        return Neighbour.Answer.of(new Detection.TargetsReply(ids, lines));
    }

    @Override
    public Map<String, String> start() {
        return Map.of("burnish.target-service.url", SERVER.url());
    }

    private static synchronized Neighbour.Answer answer(Neighbour.Call call) {
        if (call.method().equals("DELETE")) {
            if (!CONFIRMED.contains(call.lastPart())) {
                CLAIMS.remove(call.lastPart());
            }
            return Neighbour.Answer.of(null);
        }
        if (call.lastPart().equals("confirm")) {
            if (!confirming) {
                return new Neighbour.Answer(503, null);
            }
            CONFIRMED.add(call.path().split("/")[3]);
            return Neighbour.Answer.of(null);
        }
        if (call.lastPart().equals("detected-targets")) {
            return detect(call.body(Detection.Targets.class));
        }
        TargetClaim claim = call.body(TargetClaim.class);
        for (TargetClaim.Wanted wanted : claim.targets()) {
            Optional<String> other = keyOf(wanted.volumeId()).filter(key -> !key.equals(claim.key()));
            if (other.isPresent()) {
                return Neighbour.Answer.refused(new Refusal(
                        wanted.field() + ".volume_id",
                        "Volume with ID %d is already in use by target other-OST0000".formatted(wanted.volumeId()),
                        null));
            }
        }
        if (call.lastPart().equals("check")) {
            return Neighbour.Answer.of(null);
        }
        return Neighbour.Answer.of(CLAIMS.computeIfAbsent(claim.key(), key -> create(claim)));
    }

    private static TargetClaim.Reply create(TargetClaim claim) {
        List<TargetFact> facts = new ArrayList<>();
        List<ObjectNode> wires = new ArrayList<>();
        Map<TargetKind, Integer> indices = new HashMap<>();
        for (TargetClaim.Wanted wanted : claim.targets()) {
            boolean mgt = wanted.kind() == TargetKind.MGT;
            Integer index = mgt ? null : indices.merge(wanted.kind(), 1, Integer::sum) - 1;
            TargetFact fact = new TargetFact(
                    FsLab.id(),
                    1,
                    "unformatted",
                    false,
                    mgt ? "MGS" : "%s-%s%04x".formatted(claim.filesystemName(), wanted.kind(), index),
                    wanted.kind(),
                    index,
                    mgt ? null : claim.filesystemId(),
                    wanted.volumeId(),
                    null,
                    null,
                    List.of(),
                    0,
                    0);
            facts.add(fact);
            wires.add(wire(fact));
        }
        return new TargetClaim.Reply(facts, wires);
    }

    /** A target as its owner shows it, as far as tests look. */
    public static ObjectNode wire(TargetFact target) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", target.id())
                .put("resource_uri", "/api/target/" + target.id() + "/")
                .put("kind", target.kind().name())
                .put("name", target.label())
                .put("state", target.state());
    }

    @Override
    public void stop() {
        mood(Neighbour.Mood.ANSWER);
    }
}
