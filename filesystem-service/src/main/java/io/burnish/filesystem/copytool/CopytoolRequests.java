package io.burnish.filesystem.copytool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.filesystem.clientmount.ClientMountStore;
import io.burnish.filesystem.clientmount.Mountpoint;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/** Requests to copytools (API contract, storage 12.2, 12.3). */
@ApplicationScoped
class CopytoolRequests {

    private final Database database;
    private final Neighbours neighbours;
    private final FilesystemStore filesystems;
    private final ClientMountStore mounts;
    private final CopytoolStore copytools;
    private final CopytoolResource resource;
    private final ResourceReader reader;
    private final Commands commands;

    CopytoolRequests(
            Database database,
            Neighbours neighbours,
            FilesystemStore filesystems,
            ClientMountStore mounts,
            CopytoolStore copytools,
            CopytoolResource resource,
            ResourceReader reader,
            Commands commands) {
        this.database = database;
        this.neighbours = neighbours;
        this.filesystems = filesystems;
        this.mounts = mounts;
        this.copytools = copytools;
        this.resource = resource;
        this.reader = reader;
        this.commands = commands;
    }

    /** 202 with the copytool and no command; its client mount is created with it. */
    Reply create(Call call) {
        CopytoolForm form = CopytoolForm.of(
                call.body(),
                resource.resource().fields().stream().map(Field::name).collect(Collectors.toSet()));
        long id = database.transaction(tx -> create(tx, form));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(
                "copytool",
                reader.now(resource.resource(), id, call.principal()).orElseThrow(ApiError::notFoundJson));
        return Reply.accepted(body);
    }

    /** The client mount's row is locked: two copytools of one kind are numbered one after the other. */
    private long create(Tx tx, CopytoolForm form) {
        FormErrors errors = new FormErrors();
        if (neighbours.find(tx, ObjectRef.host(form.hostId()), HostFact.class).isEmpty()) {
            errors.add("host", CopytoolForm.NO_HOST);
        }
        if (filesystems
                .where(tx, "id = $1 AND not_deleted AND visible", form.filesystemId())
                .isEmpty()) {
            errors.add("filesystem", CopytoolForm.NO_FILESYSTEM);
        }
        errors.refuseIfAny();
        long mount = mounts.ensure(tx, form.hostId(), form.filesystemId(), form.mountpoint())
                .orElseThrow(Mountpoint::fixed);
        return copytools.create(tx, form, mount);
    }

    /** A state is asked of the command service; everything else is ignored. */
    Reply put(Call call) {
        long id = call.numericId();
        Copytool copytool = database.transaction(tx -> copytools.where(tx, "c.id = $1 AND c.not_deleted", id)).stream()
                .findFirst()
                .orElseThrow(ApiError::notFoundJson);
        if (!call.body().has("state")) {
            return Reply.stored(id);
        }
        // the command service may not have heard yet of one that was just created
        return commands.changeState(
                call,
                copytool.ref(),
                copytool.state(),
                List.of(copytool.fact(), database.transaction(tx -> mounts.fact(tx, copytool.clientMountId()))));
    }
}
