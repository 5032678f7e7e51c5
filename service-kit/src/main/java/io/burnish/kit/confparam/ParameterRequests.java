package io.burnish.kit.confparam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PUT with {@code conf_params} (API contract, storage 2.4 and 3.5): what is new is stored, and a command asked for that applies it. If there
 * is no such command in the end, the old values are back.
 */
@ApplicationScoped
public class ParameterRequests {

    private static final String FIELD = "conf_params";

    private final Database database;
    private final Commands commands;
    private final ResourceReader reader;

    ParameterRequests(Database database, Commands commands, ResourceReader reader) {
        this.database = database;
        this.commands = commands;
        this.reader = reader;
    }

    /**
     * The job that applies what is recorded for an MGS.
     *
     * @param targets whose parameters are meant: they are registered before
     */
    public static CommandRequest.JobWant applyOn(long mgt, List<TargetFact> targets) {
        ObjectNode args = JsonNodeFactory.instance.objectNode().put("mgs_id", mgt);
        targets.stream().filter(target -> target.kind() != TargetKind.MGT).forEach(target -> args.withArray("/targets")
                .add(target.id()));
        return new CommandRequest.JobWant("ApplyConfParams", args);
    }

    /**
     * Changes parameters as the body's {@code conf_params} say; what they do not name stays.
     *
     * @return 202 with the command and the object; empty if the parameters are as wanted, or if this is a dry run
     * @throws ApiError 400 with what is wrong by parameter
     */
    public Optional<Reply> change(Call call, ParameterHolder holder) {
        JsonNode wanted = call.body().get(FIELD);
        if (!wanted.isObject()) {
            throw ApiError.field(FIELD, "Must be an object");
        }
        Optional<Stored> stored = database.transaction(tx -> {
            Map<String, String> before = holder.lock(tx);
            Map<String, String> after = holder.kind()
                    .map(kind -> ConfParams.changed(kind, before, wanted))
                    .orElse(before);
            if (holder.immutable() && !after.equals(before)) {
                throw ApiError.field(FIELD, "Cannot modify conf_params on immutable_state objects");
            }
            refuseWrong(holder.kind(), wanted);
            return after.equals(before) || call.body().path("dry_run").asBoolean(false)
                    ? Optional.<Stored>empty()
                    : Optional.of(new Stored(before, after, holder.store(tx, after), holder.mgt(tx)));
        });
        return stored.map(change -> apply(call, holder, change));
    }

    private record Stored(Map<String, String> before, Map<String, String> after, StatefulFact fact, long mgt) {}

    private static void refuseWrong(Optional<ParameterKind> kind, JsonNode wanted) {
        Map<String, List<String>> problems = ConfParams.problems(kind, wanted);
        if (!problems.isEmpty()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set(FIELD, ContractJson.mapper().valueToTree(problems));
            throw ApiError.badRequest(body);
        }
    }

    private Reply apply(Call call, ParameterHolder holder, Stored change) {
        CommandReply reply = request(call, holder, change);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", reply.command());
        reader.now(call.resource(), change.fact().id(), call.principal())
                .ifPresent(object -> body.set(call.resource().name(), object));
        return Reply.accepted(body);
    }

    private CommandReply request(Call call, ParameterHolder holder, Stored change) {
        try {
            return commands.request(new CommandRequest(
                    Commands.key(call),
                    "Updating configuration parameters",
                    List.of(),
                    List.of(applyOn(change.mgt(), List.of())),
                    List.of(change.fact()),
                    call.principal().actor()));
        } catch (InternalClient.RefusedException e) {
            restore(holder, change);
            throw ApiError.field(FIELD, e.refusal().message());
        } catch (RuntimeException e) {
            restore(holder, change);
            throw e;
        }
    }

    private void restore(ParameterHolder holder, Stored change) {
        database.run(tx -> {
            if (holder.lock(tx).equals(change.after())) {
                holder.store(tx, change.before());
            }
        });
    }
}
