package io.burnish.lifecycle.plan;

import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.world.WorldIndex;
import java.lang.management.ManagementFactory;

/** Prints how long large plans take. Not a test: run its main method. */
public final class PlannerScale {

    private PlannerScale() {}

    public static void main(String[] args) {
        for (int round = 0; round < 3; round++) {
            measure("start a file system of 10,000 targets on 1,250 servers", 1250, 10_000, "stopped", "unmounted");
            measure("create a file system of 1,000 OSTs on 126 servers", 126, 1_001, "unavailable", "unformatted");
            measure("stop a file system of 10,000 targets", 1250, 10_000, "available", "mounted");
        }
    }

    private static void measure(String what, int hosts, int members, String state, String memberState) {
        WorldIndex world = cluster(hosts, members, state, memberState);
        String goal = state.equals("available") ? "stopped" : "available";
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        PlanResult result = Planner.plan(
                world, Locks.NONE, PlanRequest.states(new CommandRequest.Want(ObjectRef.filesystem(1), goal)));
        // processor time: what else the machine does is not the planner's
        long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;
        int jobs = result instanceof PlanResult.Accepted accepted
                ? accepted.plan().jobs().size()
                : -1;
        System.out.printf("%-60s %6d jobs %6d ms%n", what, jobs, millis);
    }

    private static WorldIndex cluster(int hosts, int members, String state, String memberState) {
        Cluster cluster = new Cluster();
        for (long id = 1; id <= hosts; id++) {
            cluster.host(id, "managed", Cluster.MANAGED);
        }
        cluster.target(
                TargetKind.MGT,
                "MGS",
                memberState.equals("unformatted") ? "unformatted" : "mounted",
                null,
                false,
                1,
                2);
        for (int i = 0; i < members; i++) {
            long host = 1 + i % hosts;
            cluster.target(
                    i == 0 ? TargetKind.MDT : TargetKind.OST,
                    "big-OST%04x".formatted(i),
                    memberState,
                    1L,
                    false,
                    host,
                    host % 2 == 1 ? host + 1 : host - 1);
        }
        cluster.world().apply(new FilesystemFact(1, 1, state, false, "big", 1));
        return cluster.world();
    }
}
