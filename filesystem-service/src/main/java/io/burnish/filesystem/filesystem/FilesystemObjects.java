package io.burnish.filesystem.filesystem;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.filesystem.clientmount.ClientMount;
import io.burnish.filesystem.clientmount.ClientMountStore;
import io.burnish.filesystem.copytool.CopytoolStore;
import io.burnish.kit.execution.OwnedObjects;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** File systems, client mounts and copytools as jobs see them. */
@ApplicationScoped
class FilesystemObjects implements OwnedObjects {

    private final FilesystemStore filesystems;
    private final ClientMountStore mounts;
    private final CopytoolStore copytools;

    FilesystemObjects(FilesystemStore filesystems, ClientMountStore mounts, CopytoolStore copytools) {
        this.filesystems = filesystems;
        this.mounts = mounts;
        this.copytools = copytools;
    }

    /** A job proves that the command exists: the file system is visible from its first job on (ADR 5). */
    @Override
    public Optional<String> lockState(Tx tx, ObjectRef ref) {
        return switch (ref.type()) {
            case CLIENT_MOUNT -> mounts.lock(tx, ref.id()).map(ClientMount::state);
            case COPYTOOL -> copytools.lockState(tx, ref.id());
            default -> {
                Optional<Filesystem> filesystem = filesystems.lock(tx, ref.id());
                filesystem.filter(found -> !found.visible()).ifPresent(found -> filesystems.show(tx, found.id()));
                yield filesystem.map(Filesystem::state);
            }
        };
    }

    @Override
    public void changeState(Tx tx, ObjectRef ref, String state) {
        switch (ref.type()) {
            case CLIENT_MOUNT -> mounts.changeState(tx, ref.id(), state, false);
            case COPYTOOL -> copytools.changeState(tx, ref.id(), state, false);
            default -> filesystems.changeState(tx, ref.id(), state, false);
        }
    }
}
