package io.burnish.target.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.confparam.ParameterRequests;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.target.claim.ClaimRefused;
import io.burnish.target.claim.TargetCreation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests that change targets (API contract, storage 3.3 to 3.6). */
@ApplicationScoped
class TargetRequests {

    private final Database database;
    private final TargetStore targets;
    private final TargetCreation creation;
    private final Neighbours neighbours;
    private final Commands commands;
    private final ResourceReader reader;
    private final ParameterRequests parameters;

    TargetRequests(
            Database database,
            TargetStore targets,
            TargetCreation creation,
            Neighbours neighbours,
            Commands commands,
            ResourceReader reader,
            ParameterRequests parameters) {
        this.database = database;
        this.targets = targets;
        this.creation = creation;
        this.neighbours = neighbours;
        this.commands = commands;
        this.reader = reader;
        this.parameters = parameters;
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
            return creation.create(
                    claim,
                    filesystem == null ? null : filesystem.mgtId(),
                    call.principal().actor());
        } catch (ClaimRefused e) {
            throw refused(e);
        } catch (InternalClient.RefusedException e) {
            throw ApiError.field("__all__", e.refusal().message());
        }
    }

    private static ApiError refused(ClaimRefused first) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        Stream.concat(Stream.of(first), first.others().stream())
                .forEach(e -> errors.computeIfAbsent(field(e), field -> new ArrayList<>())
                        .add(message(e)));
        return ApiError.fields(errors);
    }

    private static String field(ClaimRefused e) {
        return e.why() == ClaimRefused.Cause.SECOND_MGS ? "mgt" : e.key();
    }

    /** What a file system's creation words otherwise (API contract, storage 3.3). */
    private static String message(ClaimRefused e) {
        long volume = e.wanted().volumeId();
        return switch (e.why()) {
            case VOLUME_UNKNOWN -> "Volume " + volume + " not found";
            case VOLUME_IN_USE -> "Volume " + volume + " in use";
            case SECOND_MGS, VOLUME_TWICE, VOLUME_UNFIT, FORMAT_OPTION -> e.getMessage();
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

    /** Parameters first; a state beside changed parameters is not heard (API contract, storage 3.5). */
    Reply put(Call call) {
        Target target = find(call);
        return changeParameters(call, target)
                .orElseGet(() -> call.body().has("state")
                        ? commands.changeState(call, ref(target), target.state())
                        : Reply.stored(target.id()));
    }

    private Optional<Reply> changeParameters(Call call, Target target) {
        JsonNode wanted = call.body().path("conf_params");
        boolean nothing = target.kind() == TargetKind.MGT && wanted.isObject() && wanted.isEmpty();
        if (wanted.isMissingNode() || wanted.isNull() || nothing) {
            return Optional.empty();
        }
        refuseOther(call.body(), target);
        return parameters.change(call, new TargetParameters(targets, neighbours, target));
    }

    /** Whoever changes parameters says which target is meant. */
    private static void refuseOther(ObjectNode body, Target target) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        String kind = body.path("kind").asText();
        Optional<TargetKind> named = Stream.of(TargetKind.values())
                .filter(one -> one.name().equals(kind))
                .findFirst();
        if (named.isEmpty()) {
            errors.put("kind", List.of("Must be one of ['OST', 'MDT', 'MGT']"));
        }
        if (!body.hasNonNull("id")) {
            errors.put("id", List.of("Field is mandatory"));
        } else if (named.isPresent()
                && !(named.get() == target.kind() && body.get("id").asText().equals(Long.toString(target.id())))) {
            errors.put(
                    "id",
                    List.of("No %s with ID %s found"
                            .formatted(named.get().className(), body.get("id").asText())));
        }
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
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
