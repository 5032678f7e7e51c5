package io.burnish.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.command.Server.Wish;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Linearizability: wishes of many clients at once for the states of few objects are answered, and carried out, as if they had come one after
 * the other in an order that agrees with time. The order is that of the commands' ids; {@link Server} is the sequential machine.
 */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class ConcurrentWishesTest extends OneServer {

    private static final int SERVERS = 2;
    private static final int CLIENTS = 5;
    private static final int WISHES = 8;

    private final AtomicLong clock = new AtomicLong();

    /** A wish and its answer; times of a clock that counts events. */
    private record Answered(long server, Wish wish, long asked, long answered, CommandReply reply) {
        boolean before(Answered other) {
            return answered < other.asked;
        }

        boolean hasCommand() {
            return reply.commandId() != null;
        }
    }

    @Test
    @Timeout(300)
    void answersAndJobsAreThoseOfASequentialMachine() throws Exception {
        List<Long> servers = new ArrayList<>();
        Map<ObjectRef, String> states = new HashMap<>();
        for (int i = 0; i < SERVERS; i++) {
            host = nextHost++;
            publishHost();
            bus.publish(target(1, "unmounted"));
            awaitPlannable();
            servers.add(host);
            states.put(lnetRef(), "lnet_up");
            states.put(ObjectRef.target(host), "unmounted");
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<ObjectRef, Long> versions = new HashMap<>();
        try (Bus ears = new Bus(kafka, List.of(HOST_DISPATCH, TARGET_DISPATCH));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Owners owners = new Owners(ears, random, states, (object, state) -> {
                host = object.id();
                long version = versions.merge(object, 2L, (old, two) -> old + 1);
                return object.type() == ObjectType.TARGET ? target(version, state) : (Fact) lnet(version, state);
            });
            List<Future<List<Answered>>> asking = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() -> ask(servers, new Random(seed + client + 1))))
                    .toList();
            while (!asking.stream().allMatch(Future::isDone)) {
                owners.work();
            }
            List<Answered> history = results(asking);
            List<Long> commands = history.stream()
                    .filter(Answered::hasCommand)
                    .map(answered -> answered.reply().commandId())
                    .distinct()
                    .toList();
            while (!allComplete(commands)) {
                owners.work();
            }
            assertThat(owners.violations()).as("seed %d", seed).isEmpty();
            Map<Long, Server> machines = replay(history, servers, seed);
            owners.states().forEach((object, state) -> assertThat(
                            machines.get(object.id()).has(new Wish(object.type() == ObjectType.TARGET, state)))
                    .as("seed %d: %s ends in state %s", seed, object, state)
                    .isTrue());
            commands.forEach(command -> assertThat(user().get("/api/command/" + command + "/")
                            .jsonPath()
                            .getBoolean("errored"))
                    .as("command %d", command)
                    .isFalse());
        }
    }

    private void awaitPlannable() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> user().queryParam("composite_ids", TargetKind.MGT.contentTypeId() + ":" + host)
                                .get("/api/action/")
                                .jsonPath()
                                .getInt("meta.total_count")
                        > 0);
    }

    private List<Answered> ask(List<Long> servers, Random random) {
        List<Answered> answers = new ArrayList<>();
        for (int i = 0; i < WISHES; i++) {
            long server = servers.get(random.nextInt(servers.size()));
            Wish wish = random.nextInt(3) == 0
                    ? new Wish(true, random.nextBoolean() ? "mounted" : "unmounted")
                    : new Wish(false, Server.LNET.get(random.nextInt(3)));
            ObjectRef object =
                    wish.ofTarget() ? ObjectRef.target(server) : new ObjectRef(ObjectType.LNET_CONFIGURATION, server);
            CommandRequest request = new CommandRequest(
                    key(), null, List.of(new CommandRequest.Want(object, wish.state())), List.of(), List.of(), "admin");
            long asked = clock.incrementAndGet();
            CommandReply reply = ask(request);
            answers.add(new Answered(server, wish, asked, clock.incrementAndGet(), reply));
            if (reply.commandId() != null && random.nextInt(5) == 0) {
                assertThat(ask(request).commandId()).as("the same key again").isEqualTo(reply.commandId());
            }
        }
        return answers;
    }

    private static List<Answered> results(List<Future<List<Answered>>> asking)
            throws InterruptedException, ExecutionException {
        List<Answered> history = new ArrayList<>();
        for (Future<List<Answered>> one : asking) {
            history.addAll(one.get());
        }
        return history;
    }

    private boolean allComplete(List<Long> commands) {
        String ids = String.join(",", commands.stream().map(String::valueOf).toList());
        return user().queryParam("id__in", ids)
                        .queryParam("complete", false)
                        .get("/api/command/")
                        .jsonPath()
                        .getInt("meta.total_count")
                == 0;
    }

    /** Compares the history with the machine; the machines at the end, by server. */
    private Map<Long, Server> replay(List<Answered> history, List<Long> servers, long seed) {
        Map<Long, Server> machines = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (long server : servers) {
            List<Answered> ofServer =
                    history.stream().filter(one -> one.server() == server).toList();
            List<Answered> order = ofServer.stream()
                    .filter(Answered::hasCommand)
                    .sorted(Comparator.comparing(one -> one.reply().commandId()))
                    .toList();
            Server machine = new Server();
            List<Set<Wish>> fulfilled = new ArrayList<>(List.of(fulfilled(machine)));
            for (Answered one : order) {
                assertThat(classes(one.reply(), known))
                        .as("seed %d, server %d, %s", seed, server, one)
                        .containsExactlyInAnyOrderElementsOf(machine.want(one.wish()));
                fulfilled.add(fulfilled(machine));
            }
            agreesWithTime(order, seed);
            ofServer.stream().filter(one -> !one.hasCommand()).forEach(one -> assertThat(
                            possible(one, order, fulfilled))
                    .as("seed %d: nothing to do at a moment at which there was: %s", seed, one)
                    .isTrue());
            machines.put(server, machine);
        }
        return machines;
    }

    private static Set<Wish> fulfilled(Server machine) {
        Set<Wish> wishes = new HashSet<>();
        Stream.concat(
                        Server.LNET.stream().map(state -> new Wish(false, state)),
                        Stream.of("mounted", "unmounted").map(state -> new Wish(true, state)))
                .filter(machine::has)
                .forEach(wishes::add);
        return wishes;
    }

    private static void agreesWithTime(List<Answered> order, long seed) {
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                assertThat(order.get(j).before(order.get(i)))
                        .as("seed %d: %s was answered before %s was asked", seed, order.get(j), order.get(i))
                        .isFalse();
            }
        }
    }

    /** Whether the wish was fulfilled at some place in the order at which its answer could have been given. */
    private static boolean possible(Answered nothing, List<Answered> order, List<Set<Wish>> fulfilled) {
        for (int place = 0; place <= order.size(); place++) {
            boolean afterThoseBefore =
                    order.subList(place, order.size()).stream().noneMatch(one -> one.before(nothing));
            boolean beforeThoseAfter = order.subList(0, place).stream().noneMatch(nothing::before);
            if (afterThoseBefore && beforeThoseAfter && fulfilled.get(place).contains(nothing.wish())) {
                return true;
            }
        }
        return false;
    }

    /** Classes of the jobs that came with the command; those that it joined belong to an earlier one. */
    private List<String> classes(CommandReply reply, Set<String> known) {
        List<String> classes = new ArrayList<>();
        reply.command().get("jobs").forEach(uri -> {
            if (known.add(uri.asText())) {
                classes.add(user().get(uri.asText()).jsonPath().getString("class_name"));
            }
        });
        return classes;
    }
}
