package io.burnish.lifecycle.dependency;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which objects may depend on an object (orchestration 2.4). */
public final class Dependents {

    private Dependents() {}

    /** Direct dependents. */
    public static List<StatefulFact> of(World world, StatefulFact fact) {
        List<StatefulFact> found = new ArrayList<>();
        switch (fact) {
            case HostFact host -> {
                world.lnet(host.id()).ifPresent(found::add);
                world.pacemaker(host.id()).ifPresent(found::add);
                world.ntp(host.id()).ifPresent(found::add);
                found.addAll(world.targetsOn(host.id()));
                found.addAll(world.clientMountsOn(host.id()));
            }
            case LnetFact lnet -> {
                found.addAll(world.targetsOn(lnet.hostId()));
                found.addAll(world.clientMountsOn(lnet.hostId()));
            }
            case PacemakerFact pacemaker -> {
                found.addAll(world.targetsOn(pacemaker.hostId()));
                world.corosync(pacemaker.hostId()).ifPresent(found::add);
            }
            case FilesystemFact filesystem -> {
                found.addAll(world.membersOf(filesystem.id()));
                found.addAll(world.clientMountsOf(filesystem.id()));
            }
            case TargetFact target -> found.addAll(filesystems(world, target).toList());
            case ClientMountFact mount ->
                world.copytoolsOn(mount.hostId()).stream()
                        .filter(copytool -> copytool.clientMountId() == mount.id())
                        .forEach(found::add);
            default -> {}
        }
        return found;
    }

    /** Direct dependents and theirs: what goes with a server that is removed by force. */
    public static List<StatefulFact> inclusive(World world, StatefulFact fact) {
        Set<StatefulFact> found = new LinkedHashSet<>(of(world, fact));
        List.copyOf(found).forEach(dependent -> found.addAll(of(world, dependent)));
        found.remove(fact);
        return List.copyOf(found);
    }

    private static Stream<FilesystemFact> filesystems(World world, TargetFact target) {
        return target.kind() == TargetKind.MGT
                ? world.filesystemsOf(target.id()).stream()
                : world.filesystem(target.filesystemId()).stream();
    }
}
