package io.burnish.lifecycle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.world.WorldIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of orchestration 14, as text files. */
class GoldenPlansTest {

    private record Case(WorldIndex world, Locks locks, PlanRequest request) {
        PlanResult plan() {
            return Planner.plan(world, locks, request);
        }
    }

    private static Case want(Cluster cluster, ObjectRef object, String state) {
        return new Case(cluster.world(), Locks.NONE, PlanRequest.states(new CommandRequest.Want(object, state)));
    }

    private static Case run(Cluster cluster, String jobClass, String argument, long id) {
        return new Case(
                cluster.world(),
                Locks.NONE,
                new PlanRequest(
                        "asked for by class",
                        List.of(),
                        List.of(new CommandRequest.JobWant(
                                jobClass, JsonNodeFactory.instance.objectNode().put(argument, id)))));
    }

    private static ObjectRef lnet(long host) {
        return new ObjectRef(ObjectType.LNET_CONFIGURATION, host);
    }

    private static ObjectRef pacemaker(long host) {
        return new ObjectRef(ObjectType.PACEMAKER_CONFIGURATION, host);
    }

    private static ObjectRef corosync(long host) {
        return new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, host);
    }

    private static Cluster running() {
        return Cluster.ofFour().testfs("available", "mounted", "mounted");
    }

    private static final ObjectRef FS = ObjectRef.filesystem(1);

    static Stream<Arguments> plans() {
        return Stream.of(
                plan(
                        "14.1-deploy",
                        () -> want(
                                new Cluster()
                                        .host(
                                                1,
                                                "undeployed",
                                                Cluster.MANAGED,
                                                "id_password_root",
                                                true,
                                                false,
                                                List.of()),
                                ObjectRef.host(1),
                                "managed")),
                plan(
                        "14.2-apply-managed-profile",
                        () -> want(
                                new Cluster().host(1, "unconfigured", Cluster.MANAGED), ObjectRef.host(1), "managed")),
                plan(
                        "14.2-apply-worker-profile",
                        () -> want(
                                new Cluster().host(1, "unconfigured", Cluster.WORKER), ObjectRef.host(1), "working")),
                plan(
                        "14.2-apply-monitored-profile",
                        () -> want(
                                new Cluster().host(1, "unconfigured", Cluster.MONITORED),
                                ObjectRef.host(1),
                                "monitored")),
                plan(
                        "14.3-create-file-system",
                        () -> want(
                                Cluster.ofFour().testfs("unavailable", "unformatted", "unformatted"), FS, "available")),
                plan("14.3-create-file-system-with-parameters", () -> {
                    Cluster cluster = Cluster.ofFour().testfs("unavailable", "unformatted", "unformatted");
                    ObjectNode args = JsonNodeFactory.instance.objectNode().put("mgs_id", 1);
                    args.putArray("targets").add(2).add(4);
                    return new Case(
                            cluster.world(),
                            Locks.NONE,
                            new PlanRequest(
                                    "Creating filesystem testfs",
                                    List.of(new CommandRequest.Want(FS, "available")),
                                    List.of(new CommandRequest.JobWant("ApplyConfParams", args))));
                }),
                plan(
                        "14.3-repair-after-failed-format",
                        () -> want(
                                Cluster.ofFour()
                                        .testfs("unavailable", "mounted", "mounted")
                                        .state(ObjectRef.target(4), "unformatted"),
                                FS,
                                "available")),
                plan("14.4-stop-file-system", () -> want(running(), FS, "stopped")),
                plan(
                        "14.4-stop-file-system-with-copytool",
                        () -> want(running().worker("mounted", "started"), FS, "stopped")),
                plan(
                        "14.5-start-file-system",
                        () -> want(Cluster.ofFour().testfs("stopped", "mounted", "unmounted"), FS, "available")),
                plan(
                        "14.5-start-file-system-and-mgt",
                        () -> want(Cluster.ofFour().testfs("stopped", "unmounted", "unmounted"), FS, "available")),
                plan("14.6-remove-object-server", () -> want(running(), ObjectRef.host(4), "removed")),
                plan("14.7-remove-file-system", () -> want(running(), FS, "removed")),
                plan(
                        "14.7-remove-file-system-mgt-stopped",
                        () -> want(running().state(ObjectRef.target(1), "unmounted"), FS, "removed")),
                plan("14.8-remove-server-of-mgt", () -> {
                    Cluster cluster = Cluster.ofFour();
                    cluster.target(TargetKind.MGT, "MGS", "mounted", null, false, 1, 2);
                    return want(cluster, ObjectRef.host(1), "removed");
                }),
                plan("14.8-remove-bare-server", () -> want(Cluster.ofFour(), ObjectRef.host(2), "removed")),
                plan("14.9-remove-server-of-mgt-in-use", () -> want(running(), ObjectRef.host(1), "removed")),
                plan("14.10-stop-lnet", () -> want(running(), lnet(4), "lnet_down")),
                plan("14.10-unload-lnet", () -> want(running(), lnet(1), "lnet_unloaded")),
                plan("14.10-stop-pacemaker", () -> want(running(), pacemaker(1), "stopped")),
                plan("14.10-stop-corosync", () -> want(running(), corosync(1), "stopped")),
                plan(
                        "14.10-start-pacemaker",
                        () -> want(
                                Cluster.ofFour().state(pacemaker(1), "stopped").state(corosync(1), "stopped"),
                                pacemaker(1),
                                "started")),
                plan("14.10-remove-ost", () -> want(running(), ObjectRef.target(4), "removed")),
                plan(
                        "14.10-start-unconfigured-copytool",
                        () -> want(
                                running().worker("unmounted", "unconfigured"),
                                new ObjectRef(ObjectType.COPYTOOL, 1),
                                "started")),
                plan(
                        "14.10-remove-worker",
                        () -> want(running().worker("mounted", "started"), ObjectRef.host(5), "removed")),
                plan("14.10-start-while-stopping", GoldenPlansTest::startWhileStopping),
                plan("14.10-same-wish-twice", GoldenPlansTest::sameWishTwice),
                plan("stop-lnet-under-a-target-that-will-start", GoldenPlansTest::stopLnetUnderStartingTarget),
                plan(
                        "remove-half-installed-server",
                        () -> want(
                                new Cluster().host(1, "packages_installed", Cluster.MANAGED),
                                ObjectRef.host(1),
                                "removed")),
                plan("change-nids", () -> run(running(), "ConfigureLNetJob", "lnet_configuration_id", 4)),
                plan(
                        "change-multicast-port",
                        () -> run(running(), "ConfigureCorosync2Job", "corosync_configuration_id", 3)),
                plan("update-packages", () -> run(running(), "UpdateJob", "host_id", 4)),
                plan("fail-over", () -> run(running(), "FailoverTargetJob", "target_id", 3)),
                plan("force-remove-server", () -> run(running(), "ForceRemoveHostJob", "host_id", 4)),
                plan(
                        "remove-unformatted-file-system",
                        () -> want(
                                Cluster.ofFour()
                                        .testfs("unavailable", "unformatted", "unformatted")
                                        .state(FS, "stopped"),
                                FS,
                                "removed")),
                plan("forget-watched-file-system", () -> {
                    Cluster cluster = new Cluster().host(1, "monitored", Cluster.MONITORED);
                    cluster.target(TargetKind.MGT, "MGS", "mounted", null, true, 1);
                    cluster.target(TargetKind.MDT, "w-MDT0000", "mounted", 1L, true, 1);
                    cluster.target(TargetKind.OST, "w-OST0000", "mounted", 1L, true, 1);
                    cluster.world().apply(new FilesystemFact(1, 1, "available", true, "w", 1));
                    return want(cluster, FS, "forgotten");
                }),
                plan("mdt-cannot-be-removed-alone", () -> want(running(), ObjectRef.target(2), "removed")),
                plan("nothing-to-do", () -> want(running(), FS, "available")));
    }

    private static Arguments plan(String name, Supplier<Case> wish) {
        return Arguments.of(name, wish);
    }

    /** The locks of a plan as if its jobs had been queued under ids from 101. */
    private static LockTable queue(PlanResult result) {
        LockTable locks = new LockTable();
        for (PlannedJob job : ((PlanResult.Accepted) result).plan().jobs()) {
            job.locks()
                    .forEach(wish -> locks.add(
                            new Lock(101 + job.index(), wish.object(), wish.write(), wish.begin(), wish.end())));
        }
        return locks;
    }

    private static Case startWhileStopping() {
        Case stop = want(running(), FS, "stopped");
        return new Case(stop.world(), queue(stop.plan()), PlanRequest.states(new CommandRequest.Want(FS, "available")));
    }

    private static Case sameWishTwice() {
        Case stop = want(running(), FS, "stopped");
        return new Case(stop.world(), queue(stop.plan()), stop.request());
    }

    private static Case stopLnetUnderStartingTarget() {
        Case start = want(Cluster.ofFour().testfs("stopped", "mounted", "unmounted"), ObjectRef.target(4), "mounted");
        return new Case(
                start.world(), queue(start.plan()), PlanRequest.states(new CommandRequest.Want(lnet(4), "lnet_down")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void planIsAsAgreed(String name, Supplier<Case> wish) throws IOException {
        Case subject = wish.get();
        assertThat(PlanText.of(subject.world(), subject.plan())).isEqualTo(golden(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void planningTwiceGivesTheSame(String name, Supplier<Case> wish) {
        Case subject = wish.get();
        assertThat(PlanText.of(subject.world(), subject.plan()))
                .isEqualTo(PlanText.of(subject.world(), subject.plan()));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenPlansTest.class.getResourceAsStream("/plans/" + name + ".txt")) {
            return in == null ? "no golden file" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
