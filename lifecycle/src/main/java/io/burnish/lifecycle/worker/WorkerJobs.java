package io.burnish.lifecycle.worker;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.job.Group;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.state.StateMachine;
import java.util.List;
import java.util.Set;

/** Client mounts and copytools of workers (orchestration 3.8, 3.9, 4.7). */
public final class WorkerJobs {

    private static final ObjectType MOUNT = ObjectType.CLIENT_MOUNT;
    private static final ObjectType COPYTOOL = ObjectType.COPYTOOL;

    private static final JobType MOUNT_CLIENT = JobType.transition(
                    "MountLustreClientJob", MOUNT, Set.of("unmounted"), "mounted")
            .described(job -> "Mount " + mountText(job))
            .prompt(job -> "Mounts the file system on the worker.")
            .needs(job -> Requirement.all(
                    job.world().lnet(mount(job).hostId()).stream().map(lnet -> Dependency.on(lnet.ref(), "lnet_up"))))
            .build();

    private static final JobType UNMOUNT_CLIENT = JobType.transition(
                    "UnmountLustreClientMountJob", MOUNT, Set.of("mounted"), "unmounted")
            .confirmed()
            .prompt(job -> "Unmounts the file system on the worker.")
            .described(job -> "Unmount " + mountText(job))
            .build();

    private static final JobType REMOVE_CLIENT = JobType.transition(
                    "RemoveLustreClientJob", MOUNT, Set.of("unmounted"), "removed")
            .confirmed()
            .prompt(job -> "Removes the client mount.")
            .described(job -> "Remove " + mountText(job))
            .build();

    private static final JobType CONFIGURE = JobType.transition(
                    "ConfigureCopytoolJob", COPYTOOL, Set.of("unconfigured"), "stopped")
            .offered("Configure", Group.INFREQUENT, 10)
            .described(job -> "Configure copytool " + copytoolText(job))
            .build();

    private static final JobType START = JobType.transition("StartCopytoolJob", COPYTOOL, Set.of("stopped"), "started")
            .offered("Start", Group.COMMON, 10)
            .described(job -> "Start copytool " + copytoolText(job))
            .explained("The copytool begins to process HSM requests.")
            .build();

    private static final JobType STOP = JobType.transition("StopCopytoolJob", COPYTOOL, Set.of("started"), "stopped")
            .offered("Stop", Group.COMMON, 10)
            .confirmed()
            .explained("Stops the copytool; operations in progress are cancelled.")
            .prompt(job -> "Stops the copytool; operations in progress are cancelled.")
            .described(job -> "Stop copytool " + copytoolText(job))
            .build();

    private static final JobType REMOVE = JobType.transition(
                    "RemoveCopytoolJob", COPYTOOL, Set.of("stopped"), "removed")
            .offered("Remove", Group.RARE, 10)
            .confirmed()
            .explained("Removes the copytool from the worker.")
            .prompt(job -> "Removes the copytool from the worker.")
            .described(job -> "Remove copytool " + copytoolText(job))
            .needs(WorkerJobs::lastOneUnmounts)
            .build();

    private static final JobType REMOVE_UNCONFIGURED = JobType.transition(
                    "RemoveUnconfiguredCopytoolJob", COPYTOOL, Set.of("unconfigured"), "removed")
            .offered("Remove", Group.RARE, 10)
            .confirmed()
            .explained("Removes the copytool.")
            .prompt(job -> "Removes the copytool.")
            .described(job -> "Remove copytool " + copytoolText(job))
            .needs(WorkerJobs::lastOneUnmounts)
            .build();

    private static final JobType FORCE_REMOVE = JobType.action("ForceRemoveCopytoolJob", COPYTOOL, "copytool_id")
            .offered("Force Remove", Group.LAST_RESORT, 10)
            .described("Force remove copytool %s from configuration")
            .explained("Drops the copytool from Burnish without contacting its worker.")
            .prompt(job -> "Drops the copytool from Burnish without contacting its worker.")
            .locking(job -> List.of(new JobType.LockWish(job.fact().ref(), true, null, "removed")))
            .build();

    /** Client mounts. */
    public static final StateMachine MOUNT_MACHINE = new StateMachine(
            "LustreClientMount",
            List.of("unmounted", "mounted", "removed"),
            List.of(MOUNT_CLIENT, UNMOUNT_CLIENT, REMOVE_CLIENT));

    /** Copytools. */
    public static final StateMachine COPYTOOL_MACHINE = new StateMachine(
            "Copytool",
            List.of("unconfigured", "stopped", "started", "removed"),
            List.of(CONFIGURE, START, STOP, REMOVE, REMOVE_UNCONFIGURED));

    private WorkerJobs() {}

    /** All jobs. */
    public static List<JobType> all() {
        return List.of(
                MOUNT_CLIENT,
                UNMOUNT_CLIENT,
                REMOVE_CLIENT,
                CONFIGURE,
                START,
                STOP,
                REMOVE,
                REMOVE_UNCONFIGURED,
                FORCE_REMOVE);
    }

    private static ClientMountFact mount(JobCase job) {
        return (ClientMountFact) job.fact();
    }

    private static CopytoolFact copytool(JobCase job) {
        return (CopytoolFact) job.fact();
    }

    private static String mountText(JobCase job) {
        ClientMountFact mount = mount(job);
        return "%s:%s (%s)".formatted(job.world().hostLabel(mount.hostId()), mount.mountpoint(), mount.state());
    }

    private static String copytoolText(JobCase job) {
        return "%s on worker %s"
                .formatted(
                        job.fact().label(), job.world().hostLabel(copytool(job).hostId()));
    }

    private static Requirement lastOneUnmounts(JobCase job) {
        CopytoolFact copytool = copytool(job);
        boolean only =
                job.world().copytoolsOn(copytool.hostId()).stream().noneMatch(other -> other.id() != copytool.id());
        return only
                ? Requirement.on(Dependency.on(new ObjectRef(MOUNT, copytool.clientMountId()), "unmounted"))
                : Requirement.NONE;
    }
}
