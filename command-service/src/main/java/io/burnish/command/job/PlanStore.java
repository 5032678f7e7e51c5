package io.burnish.command.job;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.plan.Plan;
import io.burnish.lifecycle.plan.PlannedJob;
import io.burnish.lifecycle.world.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes the jobs of a plan: a handful of statements, whatever its size. */
@ApplicationScoped
public class PlanStore {

    /**
     * Stores a plan's jobs under ids, with what they wait for and their locks; returns the locks.
     *
     * @param ids of the jobs, in the order of the plan
     */
    public List<Lock> store(Tx tx, World world, Plan plan, List<Long> ids) {
        List<PlannedJob> jobs = plan.jobs();
        tx.update(
                """
                INSERT INTO job (id, class_name, subject, description, from_state, to_state, args, why, cancellable,
                    unfinished_predecessors)
                SELECT id, class_name, subject, description, from_state, to_state, args::jsonb, why::jsonb, cancellable,
                    predecessors
                FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                    $9::boolean[], $10::integer[])
                AS u (id, class_name, subject, description, from_state, to_state, args, why, cancellable, predecessors)""",
                ids.toArray(Long[]::new),
                texts(jobs, job -> job.type().name()),
                texts(jobs, job -> job.subject().toString()),
                texts(jobs, PlannedJob::description),
                texts(jobs, PlannedJob::from),
                texts(jobs, PlannedJob::to),
                texts(jobs, job -> job.args().toString()),
                texts(jobs, job -> ContractJson.text(job.why())),
                jobs.stream().map(job -> job.type().cancellable()).toArray(Boolean[]::new),
                jobs.stream()
                        .map(job -> job.after().size() + job.afterQueued().size())
                        .toArray(Integer[]::new));
        edges(tx, jobs, ids);
        return locks(tx, world, jobs, ids);
    }

    private static void edges(Tx tx, List<PlannedJob> jobs, List<Long> ids) {
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (PlannedJob job : jobs) {
            long id = ids.get(job.index());
            job.after().forEach(index -> {
                before.add(ids.get(index));
                after.add(id);
            });
            job.afterQueued().forEach(queued -> {
                before.add(queued);
                after.add(id);
            });
        }
        tx.update(
                "INSERT INTO job_edge (before_id, after_id) SELECT * FROM unnest($1::bigint[], $2::bigint[])",
                before.toArray(Long[]::new),
                after.toArray(Long[]::new));
    }

    private static List<Lock> locks(Tx tx, World world, List<PlannedJob> jobs, List<Long> ids) {
        List<Lock> locks = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (PlannedJob job : jobs) {
            for (int i = 0; i < job.locks().size(); i++) {
                var wish = job.locks().get(i);
                locks.add(new Lock(ids.get(job.index()), wish.object(), wish.write(), wish.begin(), wish.end()));
                positions.add(i);
            }
        }
        tx.update(
                """
                INSERT INTO job_lock (job_id, position, ref, content_type_id, write, begin_state, end_state)
                SELECT * FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::integer[], $5::boolean[], $6::text[], $7::text[])""",
                locks.stream().map(Lock::jobId).toArray(Long[]::new),
                positions.toArray(Integer[]::new),
                texts(locks, lock -> lock.object().toString()),
                locks.stream().map(lock -> contentType(world, lock.object())).toArray(Integer[]::new),
                locks.stream().map(Lock::write).toArray(Boolean[]::new),
                texts(locks, Lock::begin),
                texts(locks, Lock::end));
        return locks;
    }

    private static int contentType(World world, ObjectRef object) {
        StatefulFact fact = world.find(object).orElse(null);
        return fact instanceof TargetFact target
                ? target.kind().contentTypeId()
                : object.type().contentTypeId();
    }

    private static <T> String[] texts(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }
}
