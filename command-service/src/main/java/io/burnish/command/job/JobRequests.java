package io.burnish.command.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.command.engine.Cancellation;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code PUT /api/job/<id>/}: cancelling (API contract, core 2.10). */
@ApplicationScoped
class JobRequests {

    private final Database database;
    private final JobStore jobs;
    private final Cancellation cancellation;

    JobRequests(Database database, JobStore jobs, Cancellation cancellation) {
        this.database = database;
        this.jobs = jobs;
        this.cancellation = cancellation;
    }

    Reply put(Call call) {
        JsonNode id = call.body().get("id");
        JsonNode state = call.body().get("state");
        ObjectNode missing = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("id", "state")) {
            if (!call.body().hasNonNull(key)) {
                missing.put(key, "Attribute mandatory");
            }
        }
        if (!missing.isEmpty()) {
            throw ApiError.badRequest(missing);
        }
        JobRow job = database.transaction(tx -> jobs.lock(tx, call.numericId())).orElseThrow(ApiError::notFoundJson);
        if (!id.asText().equals(Long.toString(job.id()))) {
            throw ApiError.plainField("id", "Job with id %s not found".formatted(id.asText()));
        }
        if (state.asText().equals("cancelled")) {
            if (!cancellation.cancel(job.id(), call.principal().actor())) {
                throw ApiError.plainField("state", "'%s' cannot be cancelled".formatted(job.description()));
            }
        } else if (!state.asText().equals(job.state())) {
            throw ApiError.plainField("state", "Must be one of ['cancelled', '%s']".formatted(job.state()));
        }
        return Reply.stored(job.id());
    }
}
