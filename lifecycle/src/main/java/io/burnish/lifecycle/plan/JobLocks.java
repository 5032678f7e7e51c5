package io.burnish.lifecycle.plan;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.StaticDependencies;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a job locks (orchestration 7.2): reads what it needs, writes what it changes, and what its class adds. */
final class JobLocks {

    private JobLocks() {}

    static List<JobType.LockWish> of(Node node, JobCase job) {
        Map<ObjectRef, JobType.LockWish> wishes = new LinkedHashMap<>();
        if (node.type.transition()) {
            write(wishes, new JobType.LockWish(node.subject, true, node.from, node.to));
        }
        node.type.locks().apply(job).forEach(wish -> write(wishes, wish));
        node.type.needs().apply(job).leaves().forEach(need -> read(wishes, need));
        if (node.type.transition()) {
            StaticDependencies.of(job.world(), job.fact(), node.from).forEach(need -> read(wishes, need));
            StaticDependencies.of(job.world(), job.fact(), node.to).forEach(need -> read(wishes, need));
        }
        return List.copyOf(wishes.values());
    }

    private static void write(Map<ObjectRef, JobType.LockWish> wishes, JobType.LockWish wish) {
        wishes.putIfAbsent(wish.object(), wish);
    }

    private static void read(Map<ObjectRef, JobType.LockWish> wishes, Dependency need) {
        wishes.putIfAbsent(need.object(), new JobType.LockWish(need.object(), false, null, null));
    }
}
