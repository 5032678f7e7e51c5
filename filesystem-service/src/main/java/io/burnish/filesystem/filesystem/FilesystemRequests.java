package io.burnish.filesystem.filesystem;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests to one file system (API contract, storage 2.4, 2.5). */
@ApplicationScoped
class FilesystemRequests {

    private final Database database;
    private final Commands commands;
    private final FilesystemStore filesystems;

    FilesystemRequests(Database database, Commands commands, FilesystemStore filesystems) {
        this.database = database;
        this.commands = commands;
        this.filesystems = filesystems;
    }

    /** A state is asked of the command service; parameters cannot be changed. */
    Reply put(Call call) {
        Filesystem filesystem = find(call);
        call.body().path("conf_params").forEach(value -> {
            if (!value.isNull()) {
                throw ApiError.field("conf_params", "Configuration parameters cannot be changed in this release");
            }
        });
        return call.body().has("state")
                ? commands.changeState(call, filesystem.fact().ref(), filesystem.state())
                : Reply.stored(filesystem.id());
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
