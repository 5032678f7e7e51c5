package io.burnish.command.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.command.command.CommandIntake;
import io.burnish.command.engine.Engine;
import io.burnish.command.engine.EngineTx;
import io.burnish.command.job.JobStore;
import io.burnish.contracts.call.CommandReply;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.lifecycle.plan.Plan;
import io.burnish.lifecycle.plan.PlanRequest;
import io.burnish.lifecycle.plan.PlanResult;
import io.burnish.lifecycle.plan.Planner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Making a plan without starting it, and carrying out exactly that plan. */
@ApplicationScoped
class PlanRequests {

    private static final Plan EMPTY = new Plan(List.of(), new TreeSet<>(), "");

    private final Engine engine;
    private final JobStore jobs;
    private final ProposedPlans plans;
    private final CommandIntake intake;

    PlanRequests(Engine engine, JobStore jobs, ProposedPlans plans, CommandIntake intake) {
        this.engine = engine;
        this.jobs = jobs;
        this.plans = plans;
        this.intake = intake;
    }

    /** {@code POST /api/plan/}: 201 with the plan; nothing else is changed. */
    Reply post(Call call) {
        PlanRequest request = PlanBody.parse(call.body());
        return Reply.created(engine.exclusive(engineTx -> {
            Plan plan = plan(engineTx, request);
            List<String> classes = plan.jobs().stream()
                    .map(job -> job.type().name())
                    .distinct()
                    .toList();
            ObjectNode content = new PlanContent(engineTx.world(), jobs.usualSeconds(engineTx.tx(), classes)).of(plan);
            return plans.store(engineTx.tx(), call.principal().actor(), call.body(), plan, content);
        }));
    }

    /**
     * {@code POST /api/plan/<id>/apply/}: 202 with the command, also when asked again; 409 if the same request would lead to other jobs
     * now; 204 if there is nothing to do.
     */
    Reply apply(Call call) {
        return engine.exclusive(engineTx -> {
            ProposedPlans.Proposed proposed =
                    plans.lock(engineTx.tx(), call.numericId()).orElseThrow(ApiError::notFoundJson);
            if (proposed.commandId() != null) {
                return accepted(intake.known(engineTx.tx(), proposed.commandId()));
            }
            PlanRequest request = PlanBody.parse(proposed.request());
            Plan plan = plan(engineTx, request);
            if (!PlanFingerprint.of(plan).equals(proposed.fingerprint())) {
                throw ApiError.conflict(
                        "Plan %d was not carried out: objects or queued jobs have changed since it was made, and the same request leads to other jobs now. Make a new plan with POST /api/plan/ and look at it."
                                .formatted(proposed.id()));
            }
            if (plan.jobs().isEmpty() && plan.joined().isEmpty()) {
                return Reply.noContent();
            }
            CommandReply reply =
                    intake.begin(engineTx, plan, request, call.principal().actor(), job -> Optional.empty());
            plans.carriedOut(engineTx.tx(), proposed.id(), reply.commandId());
            return accepted(reply);
        });
    }

    private static Plan plan(EngineTx engineTx, PlanRequest request) {
        return switch (Planner.plan(engineTx.world(), engineTx.locks(), request)) {
            case PlanResult.Accepted accepted -> accepted.plan();
            case PlanResult.Nothing nothing -> EMPTY;
            case PlanResult.Refused refused ->
                throw ApiError.plainField(refused.field(), refused.reason().sentence());
        };
    }

    private static Reply accepted(CommandReply reply) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", reply.command());
        return Reply.accepted(body);
    }
}
