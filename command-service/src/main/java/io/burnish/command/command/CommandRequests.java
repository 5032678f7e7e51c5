package io.burnish.command.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.command.engine.Engine;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.Refused;
import io.burnish.lifecycle.job.JobCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** {@code POST /api/command/}: jobs by class (API contract, core 2.9). */
@ApplicationScoped
class CommandRequests {

    private static final String MANDATORY = "This attribute is mandatory";

    private final CommandIntake intake;
    private final Engine engine;

    CommandRequests(CommandIntake intake, Engine engine) {
        this.intake = intake;
        this.engine = engine;
    }

    Reply post(Call call) {
        List<CommandRequest.JobWant> jobs = validated(call.body());
        requireHosts(jobs);
        try {
            CommandReply reply = intake.accept(new CommandRequest(
                    Commands.key(call),
                    call.body().get("message").asText(),
                    List.of(),
                    jobs,
                    List.of(),
                    call.principal().actor()));
            return Reply.created(reply.commandId());
        } catch (Refused e) {
            throw ApiError.plainField("state", e.refusal().message());
        }
    }

    /** A job for a server that does not exist is refused as a whole, rather than run for the others. */
    private void requireHosts(List<CommandRequest.JobWant> jobs) {
        List<Long> ids = jobs.stream()
                .flatMap(job -> StreamSupport.stream(job.args().path("host_ids").spliterator(), false))
                .map(JsonNode::asLong)
                .toList();
        if (!ids.isEmpty()
                && !engine.exclusive(engineTx ->
                        ids.stream().allMatch(id -> engineTx.world().host(id).isPresent()))) {
            throw ApiError.notFoundJson();
        }
    }

    private static List<CommandRequest.JobWant> validated(ObjectNode body) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        for (String key : List.of("message", "jobs")) {
            if (!body.hasNonNull(key)) {
                errors.put(key, List.of(MANDATORY));
            }
        }
        List<CommandRequest.JobWant> wants = new ArrayList<>();
        List<String> jobErrors = new ArrayList<>();
        JsonNode jobs = body.path("jobs");
        if (body.hasNonNull("jobs") && (!jobs.isArray() || jobs.isEmpty())) {
            jobErrors.add("Must be a list with at least one job");
        }
        for (JsonNode job : jobs) {
            want(job, wants, jobErrors);
        }
        if (!jobErrors.isEmpty()) {
            errors.put("jobs", jobErrors);
        }
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
        return wants;
    }

    private static void want(JsonNode job, List<CommandRequest.JobWant> wants, List<String> errors) {
        if (!job.hasNonNull("class_name")) {
            errors.add("job objects must have the `class_name` attribute");
            return;
        }
        String className = job.get("class_name").asText();
        if (!(job.get("args") instanceof ObjectNode args)) {
            errors.add("job objects must have the `args` attribute");
        } else if (JobCatalogue.find(className).isEmpty()) {
            errors.add("Invalid class_name '%s'".formatted(className));
        } else {
            wants.add(new CommandRequest.JobWant(className, withHostIds(args)));
        }
    }

    /** {@code hosts}, a list of URIs, becomes {@code host_ids}, a list of ids. */
    private static ObjectNode withHostIds(ObjectNode args) {
        if (!args.has("hosts")) {
            return args;
        }
        if (!args.get("hosts").isArray()) {
            throw ApiError.field("jobs", "`hosts` must be a list of URIs of servers");
        }
        ObjectNode translated = args.deepCopy();
        ArrayNode ids = translated.putArray("host_ids");
        for (JsonNode uri : translated.remove("hosts")) {
            ids.add(Link.of(uri).id("host").orElseThrow(ApiError::notFoundJson));
        }
        return translated;
    }
}
