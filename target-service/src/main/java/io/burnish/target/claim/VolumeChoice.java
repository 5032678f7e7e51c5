package io.burnish.target.claim;

import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.target.claim.ClaimRefused.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** Finds the volume that a target shall be put on, and checks that it can carry it (API contract, storage 2.3, 3.3, 26.4). */
@ApplicationScoped
class VolumeChoice {

    private final Neighbours neighbours;

    VolumeChoice(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** A wanted target with its volume; {@code nodes} are those that take part, primary first. */
    record Chosen(TargetClaim.Wanted wanted, VolumeFact volume, List<VolumeFact.Node> nodes) {

        long primaryHost() {
            return nodes.getFirst().hostId();
        }

        ClaimRefused secondMgs() {
            return ClaimRefused.volume(
                    Cause.SECOND_MGS,
                    wanted,
                    "Volume " + volume.label() + " cannot be used for MGS (only one MGS is allowed per server)");
        }
    }

    Chosen choose(Tx tx, TargetClaim.Wanted wanted) {
        VolumeFact volume = neighbours
                .find(tx, new ObjectRef(ObjectType.VOLUME, wanted.volumeId()), VolumeFact.class)
                .orElseThrow(() -> ClaimRefused.volume(
                        Cause.VOLUME_UNKNOWN, wanted, "Volume with ID " + wanted.volumeId() + " not found"));
        if (!volume.usableForLustre()) {
            throw unfit(wanted, "Volume " + volume.label() + " cannot carry a Lustre target");
        }
        FormatOptions.check(wanted, volume.size());
        VolumeFact.Node primary = volume.primaryNode()
                .orElseThrow(() -> unfit(
                        wanted, "Volume " + volume.label() + " has no primary server, or several: choose one first"));
        refuseWithoutFencing(tx, wanted, primary.hostId());
        List<VolumeFact.Node> nodes = volume.nodes().stream()
                .filter(node -> node.primary() || node.use())
                .sorted(Comparator.comparing((VolumeFact.Node node) -> !node.primary())
                        .thenComparing(VolumeFact.Node::id))
                .toList();
        Chosen chosen = new Chosen(wanted, volume, nodes);
        if (wanted.kind() == TargetKind.MGT) {
            refuseSecondMgs(tx, chosen);
        }
        return chosen;
    }

    private static ClaimRefused unfit(TargetClaim.Wanted wanted, String message) {
        return ClaimRefused.volume(Cause.VOLUME_UNFIT, wanted, message);
    }

    private void refuseWithoutFencing(Tx tx, TargetClaim.Wanted wanted, long host) {
        boolean off = neighbours.all(tx, ObjectType.COROSYNC_CONFIGURATION, CorosyncFact.class).stream()
                .anyMatch(corosync -> corosync.hostId() == host && corosync.stonithDisabled());
        if (off) {
            throw unfit(
                    wanted,
                    "Fencing (STONITH) is disabled on the volume's primary server: a failed server would not be fenced. Enable it first");
        }
    }

    private static void refuseSecondMgs(Tx tx, Chosen chosen) {
        Long[] hosts = chosen.nodes().stream().map(VolumeFact.Node::hostId).toArray(Long[]::new);
        if (tx.first("SELECT 1 FROM target_mount WHERE live_mgs AND host_id = ANY($1) LIMIT 1", (Object) hosts)
                .isPresent()) {
            throw chosen.secondMgs();
        }
    }
}
