package io.burnish.command.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.command.engine.Engine;
import io.burnish.command.engine.EngineTx;
import io.burnish.command.job.JobStore;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.lifecycle.explain.Explainer;
import io.burnish.lifecycle.explain.Explanation;
import io.burnish.lifecycle.state.Machines;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Joins the rules' answer with what happened: queued jobs, what they wait for, and how the last one ended. */
@ApplicationScoped
class Explanations {

    private final Engine engine;
    private final JobStore jobs;

    Explanations(Engine engine, JobStore jobs) {
        this.engine = engine;
        this.jobs = jobs;
    }

    Reply get(Call call) {
        ObjectRef object = new Link("/api/" + call.id() + "/").object().orElseThrow(ApiError::notFoundJson);
        return Reply.ok(engine.exclusive(engineTx -> {
            StatefulFact fact =
                    engineTx.world().find(object).filter(found -> !found.gone()).orElseThrow(ApiError::notFoundJson);
            String wanted = call.parameters().last("state").orElseGet(() -> Explainer.useful(fact));
            if (!Machines.of(fact).states().contains(wanted)) {
                throw ApiError.plainField(
                        "state",
                        "%s not legal state for %s, legal states are %s"
                                .formatted(
                                        wanted,
                                        Machines.className(fact),
                                        Machines.of(fact).states()));
            }
            return json(engineTx, Explainer.explain(engineTx.world(), engineTx.locks(), object, wanted));
        }));
    }

    private ObjectNode json(EngineTx engineTx, Explanation explanation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode because = json.putArray("because");
        explanation.because().forEach(one -> because.add(json(engineTx, one)));
        json.put("finding", explanation.finding().name());
        json.set("job", explanation.jobId() == null ? null : queued(engineTx, explanation.jobId()));
        json.put("label", explanation.name());
        json.set(
                "last_failure",
                explanation.finding() == Explanation.Finding.HOLDS
                        ? null
                        : jobs.lastFailure(engineTx.tx(), explanation.object())
                                .map(Explanations::evidence)
                                .orElse(null));
        json.put("object", explanation.object().uri());
        json.put("sentence", explanation.sentence());
        json.put("state", explanation.state());
        json.put("wanted", explanation.wanted());
        return json;
    }

    private ObjectNode queued(EngineTx engineTx, long id) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        jobs.find(engineTx.tx(), List.of(id)).forEach(job -> json.put("description", job.description())
                .put("resource_uri", "/api/job/" + id + "/")
                .put("state", job.state()));
        ArrayNode waits = json.putArray("waits_for");
        jobs.awaited(engineTx.tx(), id).forEach(job -> waits.add(evidence(job)));
        return json;
    }

    private static ObjectNode evidence(JobStore.Evidence job) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("description", job.description())
                .put("reason", job.reason())
                .put("resource_uri", "/api/job/" + job.id() + "/")
                .put("state", job.state());
    }
}
