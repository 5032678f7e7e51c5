package io.burnish.command.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.command.engine.Engine;
import io.burnish.command.job.JobRow;
import io.burnish.command.job.JobStore;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.lifecycle.job.JobCatalogue;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.plan.PlanRequest;
import io.burnish.lifecycle.plan.PlanResult;
import io.burnish.lifecycle.plan.PlannedJob;
import io.burnish.lifecycle.plan.Planner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /api/command/<id>/retry/}: asks again for what a command did not reach. What has succeeded is not done again: states that
 * hold need no jobs, jobs asked for by class that succeeded are left out, and a job that failed goes on at the step that failed.
 */
@ApplicationScoped
class CommandRetry {

    private final Engine engine;
    private final CommandStore commands;
    private final JobStore jobs;
    private final CommandIntake intake;

    CommandRetry(Engine engine, CommandStore commands, JobStore jobs, CommandIntake intake) {
        this.engine = engine;
        this.commands = commands;
        this.jobs = jobs;
        this.intake = intake;
    }

    Reply post(Call call) {
        return engine.exclusive(engineTx -> {
            CommandStore.Past past =
                    commands.lock(engineTx.tx(), call.numericId()).orElseThrow(ApiError::notFoundJson);
            require(past, call.numericId());
            List<JobStore.Ended> before = jobs.ofCommand(engineTx.tx(), call.numericId());
            PlanRequest again = unreached(past.request(), before);
            return switch (Planner.plan(engineTx.world(), engineTx.locks(), again)) {
                case PlanResult.Accepted accepted ->
                    accepted(intake.begin(
                            engineTx, accepted.plan(), again, call.principal().actor(), job -> resumed(job, before)));
                case PlanResult.Nothing nothing -> Reply.noContent();
                case PlanResult.Refused refused ->
                    throw ApiError.plainField(refused.field(), refused.reason().sentence());
            };
        });
    }

    private static void require(CommandStore.Past past, long id) {
        if (!past.complete()) {
            throw ApiError.plainField(
                    "state", "Command %d has not ended: it can be retried when it has.".formatted(id));
        }
        if (past.successful()) {
            throw ApiError.plainField("state", "Command %d succeeded: there is nothing to retry.".formatted(id));
        }
        if (past.request() == null) {
            throw ApiError.plainField(
                    "state", "What command %d was asked to do is not known any more. Ask for it again.".formatted(id));
        }
    }

    private static PlanRequest unreached(PlanRequest request, List<JobStore.Ended> before) {
        return new PlanRequest(
                request.message(),
                request.wants(),
                request.jobs().stream()
                        .filter(want ->
                                before.stream().noneMatch(ended -> ended.succeeded() && does(ended.job(), want)))
                        .toList());
    }

    /** Whether a job is the one that was asked for by class. */
    private static boolean does(JobRow job, CommandRequest.JobWant want) {
        return JobCatalogue.find(want.className())
                .map(JobType::name)
                .filter(name -> name.equals(job.className()) && job.args().equals(want.args()))
                .isPresent();
    }

    private static Optional<Long> resumed(PlannedJob job, List<JobStore.Ended> before) {
        return before.stream()
                .filter(ended -> !ended.succeeded() && ended.sameAs(job.type().name(), job.subject(), job.args()))
                .map(ended -> ended.job().id())
                .findFirst();
    }

    private static Reply accepted(CommandReply reply) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", reply.command());
        return Reply.accepted(body);
    }
}
