package io.burnish.lifecycle;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.world.WorldIndex;
import java.util.ArrayList;
import java.util.List;

/** Builds worlds for tests: servers with their configurations, file systems, workers. Ids follow from the order of building. */
public final class Cluster {

    public static final ServerProfile MANAGED = new ServerProfile(
            "base_managed_rh7", "Managed Storage Server", true, false, "managed", false, true, true, true);
    public static final ServerProfile MONITORED = new ServerProfile(
            "base_monitored", "Monitored Storage Server", false, false, "monitored", false, false, false, false);
    public static final ServerProfile WORKER = new ServerProfile(
            "posix_copytool_worker", "POSIX HSM Agent Node", true, true, "working", false, false, false, true);

    private final WorldIndex world = new WorldIndex();
    private long targets;
    private long mounts;

    public WorldIndex world() {
        return world;
    }

    /** A server in a state, its configurations as that state implies. Its configurations have its own id. */
    public Cluster host(long id, String state, ServerProfile profile) {
        return host(id, state, profile, "manual", true, false, List.of());
    }

    public Cluster host(
            long id,
            String state,
            ServerProfile profile,
            String installMethod,
            boolean inContact,
            boolean offline,
            List<Boolean> power) {
        String name = "h" + id;
        world.apply(new HostFact(
                id,
                1,
                state,
                !profile.managed(),
                name,
                name,
                name,
                name,
                installMethod,
                profile,
                inContact,
                offline,
                List.of(),
                power));
        boolean up = state.equals("managed") || state.equals("working");
        String lnet = up ? "lnet_up" : state.equals("monitored") ? "lnet_up" : "unconfigured";
        world.apply(new LnetFact(
                id, 1, lnet, !profile.managed(), "lnet configuration", id, List.of(new Nid("10.0.0." + id, "tcp", 0))));
        if (profile.pacemaker()) {
            world.apply(new CorosyncFact(
                    id,
                    1,
                    up ? "started" : "unconfigured",
                    false,
                    "corosync2 configuration",
                    id,
                    true,
                    4242,
                    false,
                    false));
            world.apply(
                    new PacemakerFact(id, 1, up ? "started" : "unconfigured", false, "pacemaker configuration", id));
        }
        if (profile.ntp()) {
            world.apply(new NtpFact(id, 1, up ? "configured" : "unconfigured", false, "ntp configuration", id));
        }
        return this;
    }

    /** Two metadata servers h1 h2 and two object servers h3 h4, set up. */
    public static Cluster ofFour() {
        Cluster cluster = new Cluster();
        for (long id = 1; id <= 4; id++) {
            cluster.host(id, "managed", MANAGED);
        }
        return cluster;
    }

    /** A target on a primary and failover servers. */
    public ObjectRef target(
            TargetKind kind, String name, String state, Long filesystem, boolean immutable, long... hosts) {
        long id = ++targets;
        List<TargetFact.Mount> mountList = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            mountList.add(new TargetFact.Mount(++mounts, hosts[i], 0, i == 0));
        }
        boolean running = state.equals("mounted");
        world.apply(new TargetFact(
                id,
                1,
                state,
                immutable,
                name,
                kind,
                kind == TargetKind.MGT ? null : 0,
                filesystem,
                id,
                name,
                running && hosts.length > 0 ? hosts[0] : null,
                mountList,
                0,
                0));
        return ObjectRef.target(id);
    }

    /** File system testfs (id 1): MGT on h1/h2 (target 1), MDT on h2/h1 (2), OST0000 on h3/h4 (3), OST0001 on h4/h3 (4). */
    public Cluster testfs(String filesystemState, String mgtState, String memberState) {
        target(TargetKind.MGT, "MGS", mgtState, null, false, 1, 2);
        target(TargetKind.MDT, "testfs-MDT0000", memberState, 1L, false, 2, 1);
        target(TargetKind.OST, "testfs-OST0000", memberState, 1L, false, 3, 4);
        target(TargetKind.OST, "testfs-OST0001", memberState, 1L, false, 4, 3);
        world.apply(new FilesystemFact(1, 1, filesystemState, false, "testfs", 1));
        return this;
    }

    /** Worker h5 with a client mount (id 1) and a copytool (id 1) of testfs. */
    public Cluster worker(String mountState, String copytoolState) {
        host(5, "working", WORKER);
        world.apply(new ClientMountFact(1, 1, mountState, false, "client mount", 5, 1, "/mnt/testfs"));
        world.apply(new CopytoolFact(1, 1, copytoolState, false, "lhsmtool_posix-testfs-1-0", 5, 1, 1));
        return this;
    }

    /** Gives an object another state. */
    public Cluster state(ObjectRef ref, String state) {
        StatefulFact fact = world.find(ref).orElseThrow();
        StatefulFact changed = fact instanceof TargetFact target && !state.equals("mounted")
                ? new TargetFact(
                        target.id(),
                        target.version(),
                        state,
                        target.immutableState(),
                        target.label(),
                        target.kind(),
                        target.index(),
                        target.filesystemId(),
                        target.volumeId(),
                        target.haLabel(),
                        null,
                        target.mounts(),
                        0,
                        0)
                : fact.inState(state);
        world.apply(changed);
        return this;
    }
}
