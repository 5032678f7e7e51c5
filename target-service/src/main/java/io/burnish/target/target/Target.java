package io.burnish.target.target;

import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.TargetKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target with the servers that can run it.
 *
 * @param index {@code null} for an MGT
 * @param filesystemId {@code null} for an MGT
 * @param uuid of the backing file system; {@code null} before formatting
 * @param haLabel name in Pacemaker; {@code null} before registration
 * @param confParams that are wanted, name to value; none for an MGT
 * @param confParamVersion of an MGT: newest version recorded, else 0
 * @param confParamVersionApplied of an MGT: version up to which everything is applied, else 0
 * @param mounts primary first, then ascending id
 * @param activeMountId where it runs; {@code null}: nowhere
 */
public record Target(
        long id,
        long version,
        TargetKind kind,
        String name,
        Long filesystemId,
        String filesystemName,
        Integer index,
        String uuid,
        String haLabel,
        Integer inodeSize,
        Long inodeCount,
        Integer bytesPerInode,
        boolean reformat,
        long volumeId,
        String state,
        boolean immutableState,
        Long activeMountId,
        boolean visible,
        Map<String, String> confParams,
        int confParamVersion,
        int confParamVersionApplied,
        List<Mount> mounts) {

    /** The association with one server: {@code path} is the device there. */
    public record Mount(long id, long hostId, long volumeNodeId, String path, String mountPoint, boolean primary) {}

    /** The mount on the server that normally runs the target. */
    public Mount primary() {
        return mounts.getFirst();
    }

    /** The mount where it runs. */
    public Optional<Mount> active() {
        return mounts.stream()
                .filter(mount -> activeMountId != null && mount.id() == activeMountId)
                .findFirst();
    }

    /** The mount on a server. */
    public Optional<Mount> on(long hostId) {
        return mounts.stream().filter(mount -> mount.hostId() == hostId).findFirst();
    }

    /** The snapshot for other services. */
    public TargetFact fact() {
        return new TargetFact(
                id,
                version,
                state,
                immutableState,
                name,
                kind,
                index,
                filesystemId,
                volumeId,
                haLabel,
                active().map(Mount::hostId).orElse(null),
                mounts.stream()
                        .map(mount ->
                                new TargetFact.Mount(mount.id(), mount.hostId(), mount.volumeNodeId(), mount.primary()))
                        .toList(),
                confParamVersion,
                confParamVersionApplied);
    }
}
