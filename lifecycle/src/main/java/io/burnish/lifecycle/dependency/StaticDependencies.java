package io.burnish.lifecycle.dependency;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What must hold while an object is in a state (orchestration 3.6 to 3.9). */
public final class StaticDependencies {

    private StaticDependencies() {}

    /** The dependencies of an object if it were in that state. */
    public static List<Dependency> of(World world, StatefulFact fact, String state) {
        if (Fact.GONE.contains(state)) {
            return List.of();
        }
        return switch (fact) {
            case TargetFact target -> target(world, target, state);
            case FilesystemFact filesystem ->
                List.of(Dependency.not(ObjectRef.target(filesystem.mgtId()), Fact.GONE, "unmounted")
                        .orElse(goneState(filesystem)));
            case ClientMountFact mount -> clientMount(world, mount, state);
            case CopytoolFact copytool -> copytool(copytool, state);
            default -> List.of();
        };
    }

    private static List<Dependency> target(World world, TargetFact target, String state) {
        List<Dependency> dependencies = new ArrayList<>();
        if (state.equals("mounted") && target.activeHostId() != null && !target.immutableState()) {
            world.lnet(target.activeHostId())
                    .ifPresent(lnet -> dependencies.add(
                            Dependency.on(lnet.ref(), "lnet_up").orElse("unmounted")));
            world.pacemaker(target.activeHostId())
                    .ifPresent(pacemaker -> dependencies.add(
                            Dependency.on(pacemaker.ref(), "started").orElse("unmounted")));
        }
        if (target.filesystemId() != null) {
            dependencies.add(Dependency.not(ObjectRef.filesystem(target.filesystemId()), Fact.GONE, "available")
                    .orFollow());
        }
        for (TargetFact.Mount mount : target.mounts()) {
            dependencies.addAll(server(world, target, mount.hostId()));
        }
        return dependencies;
    }

    /**
     * A target needs each of its servers to be configured. Whoever unconfigures one, primary or not, removes the target: the one
     * place that decides what the loss of a failover server means.
     */
    private static List<Dependency> server(World world, TargetFact target, long hostId) {
        Set<String> unconfigured = Set.of("unconfigured", "removed");
        List<Dependency> dependencies = new ArrayList<>();
        world.lnet(hostId)
                .ifPresent(lnet -> dependencies.add(
                        Dependency.not(lnet.ref(), unconfigured, "lnet_up").orElse(goneState(target))));
        world.pacemaker(hostId)
                .ifPresent(pacemaker -> dependencies.add(
                        Dependency.not(pacemaker.ref(), unconfigured, "started").orElse(goneState(target))));
        return dependencies;
    }

    private static List<Dependency> clientMount(World world, ClientMountFact mount, String state) {
        List<Dependency> dependencies = new ArrayList<>();
        ObjectRef filesystem = ObjectRef.filesystem(mount.filesystemId());
        if (state.equals("mounted")) {
            world.lnet(mount.hostId())
                    .ifPresent(lnet -> dependencies.add(
                            Dependency.on(lnet.ref(), "lnet_up").orElse("unmounted")));
            dependencies.add(Dependency.on(filesystem, "available").orElse("unmounted"));
        }
        dependencies.add(Dependency.not(ObjectRef.host(mount.hostId()), Set.of("removed"), "working")
                .orElse("removed"));
        dependencies.add(Dependency.not(filesystem, Fact.GONE, "available").orElse("removed"));
        return dependencies;
    }

    private static List<Dependency> copytool(CopytoolFact copytool, String state) {
        ObjectRef mount = new ObjectRef(ObjectType.CLIENT_MOUNT, copytool.clientMountId());
        List<Dependency> dependencies = new ArrayList<>();
        if (state.equals("started")) {
            dependencies.add(Dependency.on(mount, "mounted").orElse("stopped"));
        }
        dependencies.add(Dependency.not(mount, Set.of("removed"), "mounted").orElse("removed"));
        return dependencies;
    }

    /** How objects of that kind end: {@code forgotten} if they are only watched. */
    private static String goneState(StatefulFact fact) {
        return fact.immutableState() ? "forgotten" : "removed";
    }
}
