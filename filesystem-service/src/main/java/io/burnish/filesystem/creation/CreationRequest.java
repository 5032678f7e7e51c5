package io.burnish.filesystem.creation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.filesystem.filesystem.FilesystemResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code POST /api/filesystem/} (API contract, storage 2.3). */
@ApplicationScoped
public class CreationRequest {

    private final Database database;
    private final Neighbours neighbours;
    private final Creation creation;
    private final ResourceReader reader;
    private final FilesystemResource resource;

    CreationRequest(
            Database database,
            Neighbours neighbours,
            Creation creation,
            ResourceReader reader,
            FilesystemResource resource) {
        this.database = database;
        this.neighbours = neighbours;
        this.creation = creation;
        this.reader = reader;
        this.resource = resource;
    }

    /** 202 with command and file system, or 400 with the fields that are wrong. */
    public Reply create(Call call) {
        String key = Commands.key(call);
        FieldErrors errors = new FieldErrors();
        CreationForm form = CreationForm.of(call.body(), errors);
        checkMgt(key, form, errors);
        if (errors.any()) {
            creation.checkVolumes(form, errors);
            errors.throwIfAny();
        }
        Creation.Created created = creation.create(key, form, call.principal().actor());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("command", created.command().command());
        body.set("filesystem", filesystem(created, call));
        return Reply.accepted(body);
    }

    /** Shows the new targets as their owner does: its facts are still on their way. */
    private ObjectNode filesystem(Creation.Created created, Call call) {
        ObjectNode filesystem = reader.now(resource.resource(), created.filesystemId(), call.principal())
                .orElseGet(
                        () -> database.transaction(tx -> reader.wire(tx, resource.resource(), created.filesystemId())));
        ArrayNode mdts = filesystem.putArray("mdts");
        for (ObjectNode target : created.targets().wires()) {
            switch (TargetKind.valueOf(target.get("kind").asText())) {
                case MGT -> filesystem.set("mgt", target);
                case MDT -> mdts.add(target);
                case OST -> {
                    // a link, which needs no more than the target's id
                }
            }
        }
        return filesystem;
    }

    /** The request that made the file system may come again, with its key. */
    private void checkMgt(String key, CreationForm form, FieldErrors errors) {
        if (form.mgtId() == null) {
            return;
        }
        Optional<TargetFact> mgt = database.transaction(
                        tx -> neighbours.find(tx, ObjectRef.target(form.mgtId()), TargetFact.class))
                .filter(target -> target.kind() == TargetKind.MGT);
        if (mgt.isEmpty()) {
            errors.add("mgt", "id", "MGT with ID " + form.mgtId() + " not found");
        } else if (mgt.get().immutableState()) {
            errors.add("mgt", "id", "MGT is unmanaged");
        } else if (creation.taken(key, form)) {
            errors.add("mgt", "name", Creation.nameTaken(form));
        }
    }
}
