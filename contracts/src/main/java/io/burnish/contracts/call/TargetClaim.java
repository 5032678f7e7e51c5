package io.burnish.contracts.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.TargetKind;
import java.util.List;

/**
 * {@code POST /internal/target-claims} of the target service: create targets provisionally and claim their volumes.
 *
 * <p>A claimed target is invisible until the claim is confirmed ({@code POST /internal/target-claims/<key>/confirm}) or its
 * first job arrives; {@code DELETE /internal/target-claims/<key>} undoes it. Claiming again with the same key gives the same
 * targets.
 *
 * @param filesystemId file system of the MDTs and OSTs
 * @param filesystemName the same; target names derive from it
 */
public record TargetClaim(String key, Long filesystemId, String filesystemName, List<Wanted> targets) {

    /**
     * One target to create.
     *
     * @param field where an error in it is to be reported, for example {@code osts}
     * @param root this MDT becomes MDT0000
     * @param confParams name to value, validated by the caller
     */
    public record Wanted(
            String field,
            TargetKind kind,
            long volumeId,
            boolean reformat,
            boolean root,
            Integer inodeSize,
            Long inodeCount,
            Integer bytesPerInode,
            ObjectNode confParams) {}

    /**
     * The claimed targets, in distribution order (API contract, storage 26.3).
     *
     * @param wires each target as served in the API
     */
    public record Reply(List<TargetFact> targets, List<ObjectNode> wires) {}
}
