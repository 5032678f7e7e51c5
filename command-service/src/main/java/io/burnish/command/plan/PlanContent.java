package io.burnish.command.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.plan.Plan;
import io.burnish.lifecycle.plan.PlannedJob;
import io.burnish.lifecycle.world.World;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A plan as shown: per job what it does, why it is there, what it waits for, what it locks and how long such jobs took; and all objects
 * and client mounts that it touches. A pure function.
 */
final class PlanContent {

    private final World world;
    private final Map<String, Double> seconds;

    /** @param seconds how long jobs of a class took, by class name; absent: no such job has succeeded yet */
    PlanContent(World world, Map<String, Double> seconds) {
        this.world = world;
        this.seconds = seconds;
    }

    ObjectNode of(Plan plan) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode jobs = content.putArray("jobs");
        plan.jobs().forEach(job -> jobs.add(job(job)));
        ArrayNode joined = content.putArray("joined");
        plan.joined().forEach(id -> joined.add("/api/job/" + id + "/"));
        Double expected = expected(plan);
        content.put("expected_seconds", expected);
        ArrayNode objects = content.putArray("objects");
        SortedSet<ObjectRef> touched = new TreeSet<>();
        plan.jobs().forEach(job -> world.find(job.subject()).ifPresent(fact -> touched.add(fact.ref())));
        touched.forEach(ref -> objects.add(object(ref)));
        ArrayNode clients = content.putArray("clients");
        clients(plan).forEach(ref -> clients.add(object(ref)));
        return content;
    }

    private ObjectNode job(PlannedJob job) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("index", job.index());
        json.put("class_name", job.type().name());
        json.put("description", job.description());
        json.set("args", job.args());
        json.set("object", world.find(job.subject()).isPresent() ? object(job.subject()) : null);
        json.put("from_state", job.from());
        json.put("to_state", job.to());
        ObjectNode why = json.putObject("why");
        why.put("kind", job.why().kind().name());
        why.put("object", job.why().object() == null ? null : job.why().object().uri());
        why.put("sentence", job.why().sentence());
        ArrayNode after = json.putArray("after");
        job.after().forEach(after::add);
        ArrayNode queued = json.putArray("after_jobs");
        job.afterQueued().forEach(id -> queued.add("/api/job/" + id + "/"));
        ArrayNode locks = json.putArray("locks");
        job.locks().forEach(lock -> locks.add(lock(lock)));
        json.put("expected_seconds", seconds.get(job.type().name()));
        json.put("requires_confirmation", job.type().confirm());
        json.put(
                "confirmation_prompt",
                world.find(job.subject())
                        .map(fact -> job.type()
                                .prompt()
                                .apply(new JobCase(
                                        world, job.from() == null ? fact : fact.inState(job.from()), job.args())))
                        .orElse(null));
        return json;
    }

    private static ObjectNode lock(JobType.LockWish lock) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("object", lock.object().uri())
                .put("kind", lock.write() ? "write" : "read")
                .put("begin_state", lock.begin())
                .put("end_state", lock.end());
    }

    private ObjectNode object(ObjectRef ref) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("resource_uri", ref.uri())
                .put("label", world.find(ref).map(StatefulFact::label).orElse(null));
    }

    /** Client mounts of the file systems whose targets, or which themselves, are changed. */
    private SortedSet<ObjectRef> clients(Plan plan) {
        SortedSet<ObjectRef> clients = new TreeSet<>();
        for (PlannedJob job : plan.jobs()) {
            filesystems(job.subject()).forEach(id -> world.clientMountsOf(id).stream()
                    .map(ClientMountFact::ref)
                    .forEach(clients::add));
        }
        return clients;
    }

    private SortedSet<Long> filesystems(ObjectRef subject) {
        SortedSet<Long> ids = new TreeSet<>();
        if (subject.type() == ObjectType.FILESYSTEM) {
            ids.add(subject.id());
        } else if (subject.type() == ObjectType.TARGET) {
            world.target(subject.id()).map(TargetFact::filesystemId).ifPresent(ids::add);
            world.filesystemsOf(subject.id()).forEach(filesystem -> ids.add(filesystem.id()));
        }
        return ids;
    }

    /** Seconds along the longest chain of jobs that wait for each other; {@code null} if one of them has no history. */
    private Double expected(Plan plan) {
        double[] ends = new double[plan.jobs().size()];
        double longest = 0;
        for (PlannedJob job : plan.jobs()) {
            Double own = seconds.get(job.type().name());
            if (own == null) {
                return null;
            }
            double start = 0;
            for (int before : job.after()) {
                start = Math.max(start, ends[before]);
            }
            ends[job.index()] = start + own;
            longest = Math.max(longest, ends[job.index()]);
        }
        return longest;
    }
}
