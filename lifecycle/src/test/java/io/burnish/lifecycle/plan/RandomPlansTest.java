package io.burnish.lifecycle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.offer.AvailableStates;
import io.burnish.lifecycle.ready.ReadyCheck;
import io.burnish.lifecycle.ready.Verdict;
import io.burnish.lifecycle.world.ImaginedWorld;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises of the planner on random clusters, states and wishes. The seed is the test's name; the same seed gives the same case.
 */
class RandomPlansTest {

    private static final int CASES = 400;

    static LongStream seeds() {
        return LongStream.range(0, CASES);
    }

    private final List<ObjectRef> objects = new ArrayList<>();

    private Cluster cluster(Random random) {
        Cluster cluster = new Cluster();
        int hosts = 2 + 2 * random.nextInt(3);
        for (long id = 1; id <= hosts; id++) {
            boolean ready = random.nextInt(10) > 0;
            cluster.host(id, ready ? "managed" : "unconfigured", Cluster.MANAGED);
            objects.add(ObjectRef.host(id));
            objects.add(new ObjectRef(ObjectType.LNET_CONFIGURATION, id));
            objects.add(new ObjectRef(ObjectType.PACEMAKER_CONFIGURATION, id));
            objects.add(new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, id));
        }
        String[] states = {"unformatted", "formatted", "registered", "unmounted", "mounted"};
        long mgtHost = 1 + random.nextInt(hosts);
        objects.add(
                cluster.target(TargetKind.MGT, "MGS", states[random.nextInt(5)], null, false, mgtHost, peer(mgtHost)));
        for (long fs = 1; fs <= 1 + random.nextInt(2); fs++) {
            int members = 2 + random.nextInt(5);
            boolean settled = random.nextBoolean();
            String common = states[3 + random.nextInt(2)];
            for (int i = 0; i < members; i++) {
                long host = 1 + random.nextInt(hosts);
                String name = "fs%d-%s%04x".formatted(fs, i == 0 ? "MDT" : "OST", i);
                objects.add(cluster.target(
                        i == 0 ? TargetKind.MDT : TargetKind.OST,
                        name,
                        settled ? common : states[random.nextInt(5)],
                        fs,
                        false,
                        host,
                        peer(host)));
            }
            String state = settled ? (common.equals("mounted") ? "available" : "stopped") : "unavailable";
            cluster.world().apply(new FilesystemFact(fs, 1, state, false, "fs" + fs, 1));
            objects.add(ObjectRef.filesystem(fs));
        }
        return cluster;
    }

    private static long peer(long host) {
        return host % 2 == 1 ? host + 1 : host - 1;
    }

    private Optional<CommandRequest.Want> wish(Random random, World world) {
        ObjectRef object = objects.get(random.nextInt(objects.size()));
        StatefulFact fact = world.find(object).orElseThrow();
        List<String> available = AvailableStates.of(world, fact);
        return available.isEmpty()
                ? Optional.empty()
                : Optional.of(new CommandRequest.Want(object, available.get(random.nextInt(available.size()))));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void promisesHold(long seed) {
        Random random = new Random(seed);
        World world = cluster(random).world();
        Optional<CommandRequest.Want> wish = wish(random, world);
        if (wish.isEmpty()) {
            return;
        }
        PlanRequest request = PlanRequest.states(wish.get());
        PlanResult result = Planner.plan(world, Locks.NONE, request);
        assertThat(PlanText.of(world, Planner.plan(world, Locks.NONE, request)))
                .as("deterministic")
                .isEqualTo(PlanText.of(world, result));
        switch (result) {
            case PlanResult.Accepted accepted -> check(world, wish.get(), accepted.plan(), random);
            case PlanResult.Refused refused ->
                assertThat(refused.reason().sentence()).isNotBlank();
            case PlanResult.Nothing nothing ->
                assertThat(world.find(wish.get().object()).orElseThrow().state())
                        .isEqualTo(wish.get().state());
        }
    }

    private static void check(World world, CommandRequest.Want wish, Plan plan, Random random) {
        Set<String> changes = new HashSet<>();
        for (PlannedJob job : plan.jobs()) {
            assertThat(job.after()).as("waits only for jobs before it").allMatch(index -> index < job.index());
            assertThat(changes.add(job.subject() + " " + job.to()))
                    .as("no change is planned twice: %s", job)
                    .isTrue();
        }
        ImaginedWorld after = execute(world, plan, random);
        assertThat(after.find(wish.object()).orElseThrow().state())
                .as("reaches the goal")
                .isEqualTo(wish.state());
        PlanResult again = Planner.plan(world, queue(plan), PlanRequest.states(wish));
        assertThat(((PlanResult.Accepted) again).plan().jobs())
                .as("what is queued is joined, not planned again")
                .isEmpty();
    }

    /** Runs the jobs in a random order that respects only what each says it waits for, with every check and no two conflicting locks. */
    private static ImaginedWorld execute(World world, Plan plan, Random random) {
        ImaginedWorld now = new ImaginedWorld(world, ref -> Optional.empty());
        Set<Integer> done = new HashSet<>();
        while (done.size() < plan.jobs().size()) {
            List<PlannedJob> ready = plan.jobs().stream()
                    .filter(job -> !done.contains(job.index()) && done.containsAll(job.after()))
                    .toList();
            assertThat(ready).as("acyclic").isNotEmpty();
            PlannedJob job = ready.get(random.nextInt(ready.size()));
            Verdict verdict = ReadyCheck.check(
                    now, job.type(), job.subject(), job.from(), job.to(), job.args(), job.description());
            assertThat(verdict).as("every legal order works: %s", job).isEqualTo(new Verdict.Ready());
            now.put(job.subject(), job.to());
            done.add(job.index());
        }
        return now;
    }

    private static LockTable queue(Plan plan) {
        LockTable locks = new LockTable();
        plan.jobs().forEach(job -> job.locks()
                .forEach(lock ->
                        locks.add(new Lock(101 + job.index(), lock.object(), lock.write(), lock.begin(), lock.end()))));
        return locks;
    }
}
