package io.burnish.kit.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asks the command service for work, and answers the state requests that all stateful resources share (API contract, core 1.14). */
@ApplicationScoped
public class Commands {

    private final InternalClient client;

    Commands(InternalClient client) {
        this.client = client;
    }

    /**
     * Has a command planned and started.
     *
     * @throws InternalClient.RefusedException if it cannot be done as things stand
     */
    public CommandReply request(CommandRequest request) {
        return client.post(ServiceName.COMMAND, "/internal/commands", request, CommandReply.class);
    }

    /**
     * Makes sure that no command comes to be under a key: for undoing what was prepared for it. Returns the command if there is one
     * already; then it stays.
     */
    public Optional<CommandReply> forbid(String key) {
        return client.send("DELETE", ServiceName.COMMAND, "/internal/commands/" + key, null, CommandReply.class);
    }

    /** What a state change would do. */
    public DryRun.Report dryRun(DryRun question) {
        return client.post(ServiceName.COMMAND, "/internal/dry-runs", question, DryRun.Report.class);
    }

    /**
     * Answers a PUT with {@code state} of a stateful object: 204 if it has the state, 200 with the consequences for a dry run, 202 with
     * the command, or 400.
     *
     * @param present the object's state
     */
    public Reply changeState(Call call, ObjectRef object, String present) {
        return changeState(call, object, present, List.of());
    }

    /**
     * As {@link #changeState(Call, ObjectRef, String)}.
     *
     * @param introduced snapshots of objects that the command service may not have heard of yet
     */
    public Reply changeState(Call call, ObjectRef object, String present, List<Fact> introduced) {
        JsonNode wanted = call.body().get("state");
        if (wanted == null || !wanted.isTextual()) {
            throw ApiError.plainField("state", "Must be a string");
        }
        boolean dryRun = call.body().path("dry_run").asBoolean(false);
        if (wanted.asText().equals(present)) {
            return dryRun ? Reply.ok(JsonNodeFactory.instance.arrayNode()) : Reply.noContent();
        }
        try {
            if (dryRun) {
                return Reply.ok(ContractJson.mapper().valueToTree(dryRun(new DryRun(object, wanted.asText()))));
            }
            return started(request(new CommandRequest(
                    key(call),
                    null,
                    List.of(new CommandRequest.Want(object, wanted.asText())),
                    List.of(),
                    introduced,
                    call.principal().actor())));
        } catch (InternalClient.RefusedException e) {
            throw ApiError.plainField("state", e.refusal().message());
        }
    }

    /** Answers a DELETE of a stateful object. */
    public Reply remove(Call call, ObjectRef object, String goneState) {
        try {
            return started(request(new CommandRequest(
                    key(call),
                    null,
                    List.of(new CommandRequest.Want(object, goneState)),
                    List.of(),
                    List.of(),
                    call.principal().actor())));
        } catch (InternalClient.RefusedException e) {
            throw ApiError.plainField("__all__", e.refusal().message());
        }
    }

    /** The caller's idempotency key within its own namespace, or a new one. */
    public static String key(Call call) {
        return call.idempotencyKey()
                .map(key -> "user-" + call.principal().userId() + "-" + key)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** 202 with the command, or 204 if there was nothing to do. */
    public static Reply started(CommandReply reply) {
        if (reply.commandId() == null) {
            return Reply.noContent();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", reply.command());
        return Reply.accepted(body);
    }
}
