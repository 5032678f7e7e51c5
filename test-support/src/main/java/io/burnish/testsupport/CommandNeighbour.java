package io.burnish.testsupport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.call.Refusal;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Stands where the command service stands and keeps the promises of {@code /internal/commands}: a key leads to one command, a forbidden
 * key to none. It plans nothing: what it is asked for is what a test looks at.
 */
public final class CommandNeighbour implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, Optional<CommandReply>> BY_KEY = new HashMap<>();
    private static final List<CommandRequest> REQUESTS = new ArrayList<>();
    private static final Map<String, Refusal> REFUSALS = new ConcurrentHashMap<>();
    private static final Neighbour SERVER = new Neighbour(CommandNeighbour::answer);
    private static volatile DryRun.Report report;

    /** What becomes of calls from now on. */
    public static void mood(Neighbour.Mood now) {
        SERVER.mood(now);
    }

    /** Commands that want a state, or a job of a class, are refused from now on; {@code null}: no longer. */
    public static void refuse(String state, Refusal refusal) {
        if (refusal == null) {
            REFUSALS.remove(state);
        } else {
            REFUSALS.put(state, refusal);
        }
    }

    /** What dry runs answer from now on. */
    public static void report(DryRun.Report answer) {
        report = answer;
    }

    /** The requests that became commands, oldest first. */
    public static synchronized List<CommandRequest> commands() {
        return List.copyOf(REQUESTS);
    }

    /** The last request that became a command. */
    public static synchronized CommandRequest lastCommand() {
        return REQUESTS.getLast();
    }

    @Override
    public Map<String, String> start() {
        return Map.of("burnish.command-service.url", SERVER.url());
    }

    private static Neighbour.Answer answer(Neighbour.Call call) {
        if (call.path().equals("/internal/dry-runs")) {
            DryRun question = call.body(DryRun.class);
            return REFUSALS.containsKey(question.state())
                    ? Neighbour.Answer.refused(REFUSALS.get(question.state()))
                    : Neighbour.Answer.of(report);
        }
        if (call.method().equals("DELETE")) {
            return Neighbour.Answer.of(forbid(call.lastPart()).orElse(null));
        }
        CommandRequest request = call.body(CommandRequest.class);
        Optional<Refusal> refusal = Stream.concat(
                        request.jobs().stream().map(CommandRequest.JobWant::className),
                        request.wants().stream().map(CommandRequest.Want::state))
                .map(REFUSALS::get)
                .filter(Objects::nonNull)
                .findFirst();
        if (refusal.isPresent()) {
            return Neighbour.Answer.refused(refusal.get());
        }
        return accept(request)
                .map(Neighbour.Answer::of)
                .orElseGet(() -> Neighbour.Answer.refused(new Refusal("__all__", "The request was given up.", null)));
    }

    private static synchronized Optional<CommandReply> accept(CommandRequest request) {
        return BY_KEY.computeIfAbsent(request.key(), key -> {
            REQUESTS.add(request);
            long id = REQUESTS.size();
            return Optional.of(new CommandReply(
                    id, JsonNodeFactory.instance.objectNode().put("id", id).put("message", request.message())));
        });
    }

    private static synchronized Optional<CommandReply> forbid(String key) {
        return BY_KEY.computeIfAbsent(key, forbidden -> Optional.empty());
    }

    @Override
    public void stop() {
        mood(Neighbour.Mood.ANSWER);
    }
}
