package io.burnish.kit.facts;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What clients mount (API contract, storage 26.6): {@code nid,nid:nid:/name}, the servers of the MGT in order, primary first. */
@ApplicationScoped
public class MountSpec {

    private final Neighbours neighbours;

    MountSpec(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** The spec of a file system; empty while no server of its MGT has a NID. Servers without NIDs are left out. */
    public Optional<String> of(Tx tx, FilesystemFact filesystem) {
        Optional<TargetFact> mgt = neighbours.find(tx, ObjectRef.target(filesystem.mgtId()), TargetFact.class);
        if (mgt.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, LnetFact> lnets = neighbours.all(tx, ObjectType.LNET_CONFIGURATION, LnetFact.class).stream()
                .collect(Collectors.toMap(LnetFact::hostId, Function.identity(), (one, other) -> one));
        String servers = mgt.get().mounts().stream()
                .map(mount -> lnets.get(mount.hostId()))
                .filter(lnet -> lnet != null && !lnet.nids().isEmpty())
                .map(lnet -> lnet.nids().stream().map(Nid::toString).collect(Collectors.joining(",")))
                .collect(Collectors.joining(":"));
        return servers.isEmpty() ? Optional.empty() : Optional.of(servers + ":/" + filesystem.label());
    }
}
