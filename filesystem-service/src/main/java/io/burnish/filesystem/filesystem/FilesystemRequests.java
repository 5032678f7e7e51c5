package io.burnish.filesystem.filesystem;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.confparam.ParameterRequests;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Requests to one file system (API contract, storage 2.4, 2.5). */
@ApplicationScoped
class FilesystemRequests {

    private final Database database;
    private final Commands commands;
    private final FilesystemStore filesystems;
    private final ParameterRequests parameters;

    FilesystemRequests(
            Database database, Commands commands, FilesystemStore filesystems, ParameterRequests parameters) {
        this.database = database;
        this.commands = commands;
        this.filesystems = filesystems;
        this.parameters = parameters;
    }

    /** Parameters first; a state beside changed parameters is not heard (API contract, storage 2.4). */
    Reply put(Call call) {
        Filesystem filesystem = find(call);
        return changeParameters(call, filesystem)
                .orElseGet(() -> call.body().has("state")
                        ? commands.changeState(call, filesystem.fact().ref(), filesystem.state())
                        : Reply.stored(filesystem.id()));
    }

    /** Whoever changes parameters says which file system is meant. */
    private Optional<Reply> changeParameters(Call call, Filesystem filesystem) {
        if (!call.body().hasNonNull("conf_params")) {
            return Optional.empty();
        }
        if (!call.body().hasNonNull("id")) {
            throw ApiError.plainField("id", "Field is mandatory");
        }
        String id = call.body().get("id").asText();
        if (!id.equals(Long.toString(filesystem.id()))) {
            throw ApiError.plainField("id", "Filesystem with id " + id + " not found");
        }
        return parameters.change(call, new FilesystemParameters(filesystems, filesystem));
    }

    /** Removes a file system, or forgets one that is only watched. */
    Reply remove(Call call) {
        Filesystem filesystem = find(call);
        return commands.remove(call, filesystem.fact().ref(), filesystem.immutableState() ? "forgotten" : "removed");
    }

    private Filesystem find(Call call) {
        long id = call.numericId();
        return database.transaction(tx -> filesystems.where(tx, "id = $1 AND not_deleted AND visible", id)).stream()
                .findFirst()
                .orElseThrow(ApiError::notFoundJson);
    }
}
