package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import java.util.List;
import java.util.Optional;

/**
 * A Lustre target.
 *
 * @param index Lustre index; {@code null} for an MGT
 * @param filesystemId {@code null} for an MGT
 * @param activeHostId server on which it runs; {@code null} when stopped
 * @param mounts primary first, then ascending id
 * @param confParamVersion MGT: version of the newest recorded configuration parameter, else 0
 * @param confParamVersionApplied MGT: version up to which they were set on the MGS, else 0
 */
public record TargetFact(
        long id,
        long version,
        String state,
        boolean immutableState,
        String label,
        TargetKind kind,
        Integer index,
        Long filesystemId,
        long volumeId,
        String haLabel,
        Long activeHostId,
        List<Mount> mounts,
        int confParamVersion,
        int confParamVersionApplied)
        implements StatefulFact {

    /** The association of the target with one server. */
    public record Mount(long id, long hostId, long volumeNodeId, boolean primary) {}

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.TARGET, id);
    }

    /** The server that normally runs the target; empty only for a watched target whose server is unknown. */
    public Optional<Long> primaryHostId() {
        return mounts.stream().filter(Mount::primary).map(Mount::hostId).findFirst();
    }

    /** The other servers that can run it, in the order of {@link #mounts()}. */
    public List<Long> failoverHostIds() {
        return mounts.stream()
                .filter(mount -> !mount.primary())
                .map(Mount::hostId)
                .toList();
    }

    /** Once mounted, a target that runs nowhere yet is expected on its primary server: starting prefers it. */
    @Override
    public TargetFact inState(String newState) {
        return new TargetFact(
                id,
                version,
                newState,
                immutableState,
                label,
                kind,
                index,
                filesystemId,
                volumeId,
                haLabel,
                newState.equals("mounted") && activeHostId == null
                        ? primaryHostId().orElse(null)
                        : activeHostId,
                mounts,
                confParamVersion,
                confParamVersionApplied);
    }
}
