package io.burnish.metrics.intake;

import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which object a sample is about.
 *
 * @param removedHosts servers whose late samples are of no use
 * @param targetsByName present targets; several file systems may have the same name
 * @param resources refs of storage resources that are there
 */
record SampleOwners(Set<Long> removedHosts, Map<String, List<Candidate>> targetsByName, Set<String> resources) {

    /**
     * A target that a name may mean.
     *
     * @param hosts servers that can run it
     */
    record Candidate(ObjectRef ref, Set<Long> hosts) {

        static Candidate of(TargetFact target) {
            Set<Long> hosts = new HashSet<>();
            target.mounts().forEach(mount -> hosts.add(mount.hostId()));
            if (target.activeHostId() != null) {
                hosts.add(target.activeHostId());
            }
            return new Candidate(target.ref(), Set.copyOf(hosts));
        }
    }

    /**
     * The object of a sample; empty if it is unknown. Targets are only known on servers that can run them.
     *
     * @param target name, {@code null} for the server itself
     */
    Optional<ObjectRef> of(long hostId, String target) {
        if (hostId == SampleBatch.MANAGER) {
            return Optional.ofNullable(target).filter(resources::contains).map(ObjectRef::parse);
        }
        if (removedHosts.contains(hostId)) {
            return Optional.empty();
        }
        if (target == null) {
            return Optional.of(ObjectRef.host(hostId));
        }
        return targetsByName.getOrDefault(target, List.of()).stream()
                .filter(candidate -> candidate.hosts().contains(hostId))
                .map(Candidate::ref)
                .findFirst();
    }
}
