package io.burnish.command.command;

import io.burnish.command.engine.Engine;
import io.burnish.command.engine.EngineTx;
import io.burnish.command.engine.Scheduler;
import io.burnish.command.job.JobStore;
import io.burnish.command.job.PlanStore;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.Refusal;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Refused;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.plan.Plan;
import io.burnish.lifecycle.plan.PlanRequest;
import io.burnish.lifecycle.plan.PlanResult;
import io.burnish.lifecycle.plan.PlannedJob;
import io.burnish.lifecycle.plan.Planner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * From a request to a running command: plan, jobs, locks, first dispatches and the idempotency key are one transaction. An answer given
 * is a command that will not be lost.
 */
@ApplicationScoped
public class CommandIntake {

    private final Engine engine;
    private final Scheduler scheduler;
    private final JobStore jobs;
    private final PlanStore plans;
    private final CommandStore commands;
    private final ResourceReader reader;
    private final Instance<CommandResource> resource;

    CommandIntake(
            Engine engine,
            Scheduler scheduler,
            JobStore jobs,
            PlanStore plans,
            CommandStore commands,
            ResourceReader reader,
            Instance<CommandResource> resource) {
        this.engine = engine;
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.plans = plans;
        this.commands = commands;
        this.reader = reader;
        this.resource = resource;
    }

    /**
     * Plans and starts a command, or returns the one that the key led to before.
     *
     * @throws Refused if the request cannot be done, or its key is forbidden
     */
    public CommandReply accept(CommandRequest request) {
        CommandReply reply = engine.exclusive(engineTx -> {
            Optional<CommandStore.Keyed> keyed = commands.keyed(engineTx.tx(), request.key());
            return keyed.isPresent() ? repeated(engineTx.tx(), keyed.get()) : plan(engineTx, request);
        });
        Failpoint.COMMAND_ACCEPTED.reach();
        return reply;
    }

    /** Forbids a key; returns the command that it has led to already, which stays. */
    public Optional<CommandReply> forbid(String key) {
        return engine.exclusive(engineTx -> {
            Optional<CommandStore.Keyed> keyed = commands.keyed(engineTx.tx(), key);
            if (keyed.isEmpty()) {
                commands.remember(engineTx.tx(), key, null);
            }
            return keyed.flatMap(CommandStore.Keyed::commandId).map(id -> reply(engineTx.tx(), id));
        });
    }

    private CommandReply repeated(Tx tx, CommandStore.Keyed keyed) {
        return keyed.commandId()
                .map(id -> reply(tx, id))
                .orElseThrow(() -> new Refused(new Refusal(
                        "__all__",
                        "This request was given up before it was answered. Send it again as a new one.",
                        null)));
    }

    private CommandReply plan(EngineTx engineTx, CommandRequest request) {
        engine.introduce(engineTx, request.introduced());
        PlanRequest wanted = new PlanRequest(request.message(), request.wants(), request.jobs());
        PlanResult result = Planner.plan(engineTx.world(), engineTx.locks(), wanted);
        return switch (result) {
            case PlanResult.Accepted accepted -> {
                CommandReply reply = begin(engineTx, accepted.plan(), wanted, request.actor(), job -> Optional.empty());
                commands.remember(engineTx.tx(), request.key(), reply.commandId());
                Failpoint.COMMAND_STORED.reach();
                yield reply;
            }
            case PlanResult.Nothing nothing -> nothing(engineTx.tx(), request);
            case PlanResult.Refused refused ->
                throw new Refused(new Refusal(refused.field(), refused.reason().sentence(), refused.reason()));
        };
    }

    /** A named command is created even if there is nothing to do: it is complete at once. */
    private CommandReply nothing(Tx tx, CommandRequest request) {
        if (request.message() == null) {
            return new CommandReply(null, null);
        }
        long id = commands.create(
                tx,
                request.message(),
                request.actor(),
                new PlanRequest(request.message(), request.wants(), request.jobs()),
                List.of());
        commands.remember(tx, request.key(), id);
        return reply(tx, id);
    }

    /**
     * Stores a plan as a command and starts what can start, in the transaction that holds the engine.
     *
     * @param request what the plan was made for
     * @param resumed the earlier job whose finished steps a job need not do again
     */
    public CommandReply begin(
            EngineTx engineTx,
            Plan plan,
            PlanRequest request,
            String actor,
            Function<PlannedJob, Optional<Long>> resumed) {
        Tx tx = engineTx.tx();
        List<Long> ids = jobs.numbers(tx, "job_id", plan.jobs().size());
        List<Lock> locks = plans.store(tx, engineTx.world(), plan, ids);
        engineTx.lock(locks);
        resume(tx, plan, ids, resumed);
        List<Long> all = new ArrayList<>(plan.joined());
        all.addAll(ids);
        long command = commands.create(tx, plan.message(), actor, request, all);
        scheduler.startOrEnd(
                engineTx,
                plan.jobs().stream()
                        .filter(job ->
                                job.after().isEmpty() && job.afterQueued().isEmpty())
                        .map(job -> ids.get(job.index()))
                        .toList());
        return reply(tx, command);
    }

    private void resume(Tx tx, Plan plan, List<Long> ids, Function<PlannedJob, Optional<Long>> resumed) {
        Map<Long, Long> earlier = new HashMap<>();
        plan.jobs().forEach(job -> resumed.apply(job).ifPresent(old -> earlier.put(ids.get(job.index()), old)));
        if (!earlier.isEmpty()) {
            jobs.resume(tx, earlier);
        }
    }

    /** A command that exists. */
    public CommandReply known(Tx tx, long id) {
        return reply(tx, id);
    }

    private CommandReply reply(Tx tx, long id) {
        return new CommandReply(id, reader.wire(tx, resource.get().resource(), id));
    }
}
