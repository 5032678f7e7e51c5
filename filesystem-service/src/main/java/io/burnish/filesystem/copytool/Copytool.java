package io.burnish.filesystem.copytool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/**
 * A copytool.
 *
 * @param label {@code <program>-<file system>-<archive>-<index>}
 * @param run the job that started it last; {@code null}: it is not meant to run
 * @param uuid of its registration; {@code null}: it has none
 */
record Copytool(
        long id,
        long version,
        long hostId,
        long filesystemId,
        String filesystem,
        long clientMountId,
        String label,
        String binPath,
        int archive,
        int index,
        String mountpoint,
        String hsmArguments,
        String state,
        boolean immutableState,
        String run,
        String uuid) {

    ObjectRef ref() {
        return new ObjectRef(ObjectType.COPYTOOL, id);
    }

    /** The snapshot for other services. */
    CopytoolFact fact() {
        return new CopytoolFact(id, version, state, immutableState, label, hostId, filesystemId, clientMountId);
    }

    /** Arguments of the agent action that configures it. */
    ObjectNode settings() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", Long.toString(id))
                .put("index", index)
                .put("bin_path", binPath)
                .put("archive_number", archive)
                .put("filesystem", filesystem)
                .put("mountpoint", mountpoint)
                .put("hsm_arguments", hsmArguments);
    }
}
