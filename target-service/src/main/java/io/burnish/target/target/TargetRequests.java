package io.burnish.target.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.target.claim.ClaimRefused;
import io.burnish.target.claim.TargetCreation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests that change targets (API contract, storage 3.3 to 3.6). */
@ApplicationScoped
class TargetRequests {

    private static final List<String> MANDATORY = List.of("This field is mandatory");

    private final Database database;
    private final TargetStore targets;
    private final TargetCreation creation;
    private final Neighbours neighbours;
    private final Commands commands;

    TargetRequests(
            Database database, TargetStore targets, TargetCreation creation, Neighbours neighbours, Commands commands) {
        this.database = database;
        this.targets = targets;
        this.creation = creation;
        this.neighbours = neighbours;
        this.commands = commands;
    }

    Reply create(Call call) {
        Wish wish = wish(call.body());
        TargetCreation.Created created = create(call, wish.filesystem(), List.of(wish.target()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", created.command().command());
        body.set("target", created.targets().wires().getFirst());
        return Reply.accepted(body);
    }

    Reply createSeveral(Call call) {
        JsonNode objects = call.body().path("objects");
        if (!objects.isArray() || objects.isEmpty()) {
            throw ApiError.badQuery("Invalid data sent.");
        }
        List<TargetClaim.Wanted> wanted = new ArrayList<>();
        FilesystemFact filesystem = null;
        for (JsonNode object : objects) {
            if (!(object instanceof ObjectNode one) || one.has("id") || one.has("resource_uri")) {
                throw ApiError.badQuery("Invalid data sent.");
            }
            Wish wish = wish(one);
            if (!wanted.isEmpty() && !java.util.Objects.equals(filesystem, wish.filesystem())) {
                throw ApiError.field("filesystem_id", "All targets of a request must be of one file system");
            }
            filesystem = wish.filesystem();
            wanted.add(wish.target());
        }
        TargetCreation.Created created = create(call, filesystem, wanted);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", created.command().command());
        created.targets().targets().forEach(target -> body.withArray("targets")
                .add("/api/target/" + target.id() + "/"));
        return Reply.accepted(body);
    }

    private TargetCreation.Created create(Call call, FilesystemFact filesystem, List<TargetClaim.Wanted> wanted) {
        TargetClaim claim = new TargetClaim(
                Commands.key(call),
                filesystem == null ? null : filesystem.id(),
                filesystem == null ? null : filesystem.label(),
                wanted);
        try {
            return creation.create(claim, call.principal().actor());
        } catch (ClaimRefused e) {
            Refusal refusal = e.refusal();
            String field = refusal.field();
            throw ApiError.field(field.substring(field.lastIndexOf('.') + 1), refusal.message());
        } catch (InternalClient.RefusedException e) {
            throw ApiError.field("__all__", e.refusal().message());
        }
    }

    /** A target that somebody wants. */
    private record Wish(FilesystemFact filesystem, TargetClaim.Wanted target) {}

    private Wish wish(ObjectNode body) {
        Map<String, List<String>> missing = new LinkedHashMap<>();
        for (String field : List.of("kind", "volume_id")) {
            if (!body.hasNonNull(field)) {
                missing.put(field, MANDATORY);
            }
        }
        if (!missing.isEmpty()) {
            throw ApiError.fields(missing);
        }
        TargetKind kind = kind(body.get("kind").asText());
        return new Wish(
                filesystem(body, kind),
                new TargetClaim.Wanted(
                        "",
                        kind,
                        number(body, "volume_id"),
                        body.path("reformat").asBoolean(false),
                        false,
                        body.hasNonNull("inode_size") ? Integer.valueOf((int) number(body, "inode_size")) : null,
                        body.hasNonNull("inode_count") ? Long.valueOf(number(body, "inode_count")) : null,
                        body.hasNonNull("bytes_per_inode")
                                ? Integer.valueOf((int) number(body, "bytes_per_inode"))
                                : null,
                        null));
    }

    private static TargetKind kind(String text) {
        try {
            return TargetKind.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.field("kind", "Invalid target type '" + text + "' (choose from [OST,MDT,MGT])");
        }
    }

    private FilesystemFact filesystem(ObjectNode body, TargetKind kind) {
        boolean given = body.hasNonNull("filesystem_id");
        if (kind == TargetKind.MGT) {
            if (given) {
                throw ApiError.field("filesystem_id", "Cannot specify filesystem_id when creating MGT");
            }
            return null;
        }
        if (!given) {
            throw ApiError.field("filesystem_id", "Mandatory for targets of kind '" + kind.name() + "'");
        }
        long id = number(body, "filesystem_id");
        FilesystemFact filesystem = database.transaction(
                        tx -> neighbours.find(tx, new ObjectRef(ObjectType.FILESYSTEM, id), FilesystemFact.class))
                .orElseThrow(() -> ApiError.field("filesystem_id", "Filesystem " + id + " not found"));
        if (filesystem.immutableState()) {
            throw ApiError.field("filesystem_id", "Filesystem " + filesystem.label() + " is unmanaged");
        }
        return filesystem;
    }

    private static long number(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        if (!value.isIntegralNumber() && !value.asText().matches("\\d{1,18}")) {
            throw ApiError.field(field, "Must be an integer");
        }
        return value.asLong();
    }

    Reply put(Call call) {
        Target target = find(call);
        refuseParameters(target, call.body().path("conf_params"));
        return call.body().has("state")
                ? commands.changeState(call, ref(target), target.state())
                : Reply.stored(target.id());
    }

    /** A complete copy with the parameters as they are changes nothing. */
    private void refuseParameters(Target target, JsonNode parameters) {
        String text =
                database.transaction(tx -> tx.one("SELECT conf_params::text FROM target WHERE id = $1", target.id())
                        .getString(0));
        JsonNode stored = ContractJson.read(text, JsonNode.class);
        parameters.properties().forEach(parameter -> {
            if (!parameter
                    .getValue()
                    .asText("")
                    .equals(stored.path(parameter.getKey()).asText(""))) {
                throw ApiError.field(
                        "conf_params",
                        "Parameters of a target can be given when its file system is created, not later");
            }
        });
    }

    Reply remove(Call call) {
        Target target = find(call);
        return commands.remove(call, ref(target), target.immutableState() ? "forgotten" : "removed");
    }

    private Target find(Call call) {
        long id = call.numericId();
        return database.transaction(tx -> targets.where(tx, "id = $1 AND not_deleted AND visible", id)).stream()
                .findFirst()
                .orElseThrow(ApiError::notFoundJson);
    }

    private static ObjectRef ref(Target target) {
        return new ObjectRef(ObjectType.TARGET, target.id());
    }
}
