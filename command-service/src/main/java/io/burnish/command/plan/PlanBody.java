package io.burnish.command.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Link;
import io.burnish.lifecycle.job.JobCatalogue;
import io.burnish.lifecycle.plan.PlanRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a plan: {@code {"message": "…", "wants": [{"object": "/api/target/3/", "state": "mounted"}], "jobs": [{"class_name":
 * "…", "args": {…}}]}}, at least one of {@code wants} and {@code jobs}. All mistakes are reported together.
 */
final class PlanBody {

    private static final int MOST_MESSAGE = 512;

    private final Map<String, List<String>> errors = new LinkedHashMap<>();

    private PlanBody() {}

    /** @throws ApiError 400 naming every mistake */
    static PlanRequest parse(ObjectNode body) {
        return new PlanBody().read(body);
    }

    private PlanRequest read(ObjectNode body) {
        JsonNode message = body.path("message");
        if (body.hasNonNull("message")
                && (!message.isTextual() || message.asText().length() > MOST_MESSAGE)) {
            error("message", "Must be a text of at most %d characters".formatted(MOST_MESSAGE));
        }
        List<CommandRequest.Want> wants = new ArrayList<>();
        List<CommandRequest.JobWant> jobs = new ArrayList<>();
        list(body, "wants").forEach(want -> want(want).ifPresent(wants::add));
        list(body, "jobs").forEach(job -> job(job).ifPresent(jobs::add));
        if (errors.isEmpty() && wants.isEmpty() && jobs.isEmpty()) {
            error("wants", "Name at least one wanted state in 'wants', or one job in 'jobs'");
        }
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
        return new PlanRequest(message.isTextual() ? message.asText() : null, wants, jobs);
    }

    private Iterable<JsonNode> list(ObjectNode body, String field) {
        JsonNode list = body.path(field);
        if (body.hasNonNull(field) && !list.isArray()) {
            error(field, "Must be a list");
            return JsonNodeFactory.instance.arrayNode();
        }
        return list;
    }

    private Optional<CommandRequest.Want> want(JsonNode want) {
        Optional<ObjectRef> object = Link.of(want.path("object")).object();
        if (object.isEmpty()) {
            error("wants", "'object' must be the URI of an object, like /api/target/3/");
        }
        if (!want.path("state").isTextual()) {
            error("wants", "'state' must be the wanted state");
            return Optional.empty();
        }
        return object.map(ref -> new CommandRequest.Want(ref, want.get("state").asText()));
    }

    private Optional<CommandRequest.JobWant> job(JsonNode job) {
        String className = job.path("class_name").asText();
        if (JobCatalogue.find(className).isEmpty()) {
            error("jobs", "Invalid class_name '%s'".formatted(className));
            return Optional.empty();
        }
        if (job.hasNonNull("args") && !job.get("args").isObject()) {
            error("jobs", "'args' must be an object");
            return Optional.empty();
        }
        ObjectNode args = job.get("args") instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        return Optional.of(new CommandRequest.JobWant(className, args));
    }

    private void error(String field, String text) {
        errors.computeIfAbsent(field, f -> new ArrayList<>()).add(text);
    }
}
