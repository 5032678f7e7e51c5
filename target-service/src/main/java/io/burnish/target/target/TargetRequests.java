package io.burnish.target.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.target.claim.ClaimRefused;
import io.burnish.target.claim.TargetCreation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Requests that change targets (API contract, storage 3.3 to 3.6). */
@ApplicationScoped
class TargetRequests {

    private final Database database;
    private final TargetStore targets;
    private final TargetCreation creation;
    private final Neighbours neighbours;
    private final Commands commands;
    private final ResourceReader reader;

    TargetRequests(
            Database database,
            TargetStore targets,
            TargetCreation creation,
            Neighbours neighbours,
            Commands commands,
            ResourceReader reader) {
        this.database = database;
        this.targets = targets;
        this.creation = creation;
        this.neighbours = neighbours;
        this.commands = commands;
        this.reader = reader;
    }

    Reply create(Call call) {
        TargetForm form = TargetForm.of(call.body());
        TargetCreation.Created created = create(call, form.filesystemId(), List.of(form.wanted()));
        long id = created.targets().targets().getFirst().id();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", created.command().command());
        body.set("target", reader.now(call.resource(), id, call.principal()).orElseGet(() -> created.targets()
                .wires()
                .getFirst()));
        return Reply.accepted(body);
    }

    Reply createSeveral(Call call) {
        JsonNode objects = call.body().path("objects");
        if (!objects.isArray() || objects.isEmpty()) {
            throw ApiError.badQuery("Invalid data sent.");
        }
        List<TargetForm> forms = new ArrayList<>();
        for (JsonNode object : objects) {
            if (!(object instanceof ObjectNode one) || one.has("id") || one.has("resource_uri")) {
                throw ApiError.badQuery("Invalid data sent.");
            }
            forms.add(TargetForm.of(one));
        }
        Long filesystem = forms.getFirst().filesystemId();
        if (!forms.stream().allMatch(form -> Objects.equals(form.filesystemId(), filesystem))) {
            throw ApiError.field("filesystem_id", "All targets of a request must be of one file system");
        }
        TargetCreation.Created created =
                create(call, filesystem, forms.stream().map(TargetForm::wanted).toList());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", created.command().command());
        created.targets().targets().forEach(target -> body.withArray("targets")
                .add("/api/target/" + target.id() + "/"));
        return Reply.accepted(body);
    }

    private TargetCreation.Created create(Call call, Long filesystemId, List<TargetClaim.Wanted> wanted) {
        FilesystemFact filesystem = filesystem(filesystemId);
        TargetClaim claim = new TargetClaim(
                Commands.key(call), filesystemId, filesystem == null ? null : filesystem.label(), wanted);
        try {
            return creation.create(claim, call.principal().actor());
        } catch (ClaimRefused e) {
            throw refused(e);
        } catch (InternalClient.RefusedException e) {
            throw ApiError.field("__all__", e.refusal().message());
        }
    }

    /** What a file system's creation words otherwise (API contract, storage 3.3). */
    private static ApiError refused(ClaimRefused e) {
        long volume = e.wanted().volumeId();
        return switch (e.why()) {
            case VOLUME_UNKNOWN -> ApiError.field(e.key(), "Volume " + volume + " not found");
            case VOLUME_IN_USE -> ApiError.field(e.key(), "Volume " + volume + " in use");
            case SECOND_MGS -> ApiError.field("mgt", e.getMessage());
            case VOLUME_TWICE, VOLUME_UNFIT, FORMAT_OPTION -> ApiError.field(e.key(), e.getMessage());
        };
    }

    /** The file system that targets are wanted for; {@code null} for an MGT. */
    private FilesystemFact filesystem(Long id) {
        if (id == null) {
            return null;
        }
        FilesystemFact filesystem = database.transaction(
                        tx -> neighbours.find(tx, ObjectRef.filesystem(id), FilesystemFact.class))
                .orElseThrow(() -> ApiError.field("filesystem_id", "Filesystem " + id + " not found"));
        if (filesystem.immutableState()) {
            throw ApiError.field("filesystem_id", "Filesystem " + filesystem.label() + " is unmanaged");
        }
        return filesystem;
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
