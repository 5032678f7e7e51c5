package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.List;
import java.util.Optional;

/**
 * A unit of storage that could carry one target.
 *
 * @param size bytes, {@code null} if unknown
 * @param filesystemType what is on it now, for example {@code ext4}; {@code null}: looks empty
 * @param deviceType {@code linux}, {@code lvm_volume} or {@code zfs}: which commands serve it (agent contract, 6.6)
 * @param nodes live device nodes, ascending id
 */
public record VolumeFact(
        long id,
        long version,
        String label,
        Long size,
        String filesystemType,
        boolean usableForLustre,
        String deviceType,
        List<Node> nodes)
        implements Fact {

    /** A device path of the volume on one server; {@code use}: takes part, as failover server when not primary. */
    public record Node(long id, long hostId, String path, boolean primary, boolean use) {}

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.VOLUME, id);
    }

    /** The primary node if there is exactly one. */
    public Optional<Node> primaryNode() {
        List<Node> primaries = nodes.stream().filter(Node::primary).toList();
        return primaries.size() == 1 ? Optional.of(primaries.getFirst()) : Optional.empty();
    }
}
