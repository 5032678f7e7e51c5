package io.burnish.command;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.testsupport.Bus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * The owners of LNets and targets of some servers: run every job that they are given, end the running ones in any order, and note whatever
 * the engine must never do: two jobs at once on one object, a job on an object that is not in its first state, a target without LNet.
 *
 * <p>For one thread.
 */
final class Owners {

    private final Bus bus;
    private final Random random;
    private final BiFunction<ObjectRef, String, Fact> fact;
    private final Map<ObjectRef, String> states = new HashMap<>();
    private final Map<ObjectRef, Dispatch.RunJob> running = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * Owners who hear of jobs from a bus.
     *
     * @param states of the objects, which are all that they answer for
     * @param fact the next snapshot of an object that has come to a state
     */
    Owners(Bus bus, Random random, Map<ObjectRef, String> states, BiFunction<ObjectRef, String, Fact> fact) {
        this.bus = bus;
        this.random = random;
        this.fact = fact;
        this.states.putAll(states);
    }

    /** Takes what is dispatched and ends one of the running jobs, if there is one. */
    void work() {
        for (String topic : List.of(OneServer.HOST_DISPATCH, OneServer.TARGET_DISPATCH)) {
            bus.takeAll(topic, running.isEmpty() ? Duration.ofMillis(20) : Duration.ZERO).stream()
                    .map(heard -> heard.as(Dispatch.class))
                    .filter(dispatch -> dispatch instanceof Dispatch.RunJob run && states.containsKey(run.subject()))
                    .forEach(dispatch -> begin((Dispatch.RunJob) dispatch));
        }
        List<ObjectRef> busy = List.copyOf(running.keySet());
        if (!busy.isEmpty()) {
            end(running.remove(busy.get(random.nextInt(busy.size()))));
        }
    }

    private void begin(Dispatch.RunJob job) {
        Dispatch.RunJob other = running.put(job.subject(), job);
        if (other != null) {
            violations.add("job %d began while job %d ran on %s".formatted(job.jobId(), other.jobId(), job.subject()));
        }
        if (!job.fromState().equals(states.get(job.subject()))) {
            violations.add("job %d began in state %s: %s".formatted(job.jobId(), states.get(job.subject()), job));
        }
        ObjectRef lnet =
                new ObjectRef(ObjectType.LNET_CONFIGURATION, job.subject().id());
        ObjectRef target = ObjectRef.target(job.subject().id());
        if (job.jobClass().equals("StartTargetJob")
                && (!states.get(lnet).equals("lnet_up") || running.containsKey(lnet))) {
            violations.add("target starts while LNet is not up: " + job);
        }
        if (job.jobClass().equals("StopLNetJob")
                && (!states.get(target).equals("unmounted") || running.containsKey(target))) {
            violations.add("LNet stops under a target: " + job);
        }
    }

    private void end(Dispatch.RunJob job) {
        states.put(job.subject(), job.toState());
        Fact change = fact.apply(job.subject(), job.toState());
        ServiceName owner = job.subject().type().owner();
        JobEvent.Finished finished = new JobEvent.Finished(
                job.jobId(), job.attempt(), Instant.now(), new JobOutcome.Succeeded(), List.of(change));
        String key = Long.toString(job.jobId());
        long id = bus.publish(owner, Topics.JOB_EVENTS, key, finished);
        if (random.nextInt(4) == 0) {
            bus.again(owner, Topics.JOB_EVENTS, key, finished, id);
        }
    }

    /** What must not happen and did. */
    List<String> violations() {
        return violations;
    }

    /** The present states. */
    Map<ObjectRef, String> states() {
        return Map.copyOf(states);
    }
}
