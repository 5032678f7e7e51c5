package io.burnish.lifecycle.filesystem;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
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
import java.util.stream.Stream;

/** The life of a file system (orchestration 3.7, 4.6). */
public final class FilesystemJobs {

    private static final ObjectType FILESYSTEM = ObjectType.FILESYSTEM;
    private static final String START_HELP = "Starts the file system's targets, so that clients can mount it.";

    private static final JobType START_STOPPED = JobType.transition(
                    "StartStoppedFilesystemJob", FILESYSTEM, Set.of("stopped"), "available")
            .offered("Start", Group.COMMON, 10)
            .described("Start file system %s")
            .explained(START_HELP)
            .needs(FilesystemJobs::allMounted)
            .build();

    private static final JobType START_UNAVAILABLE = JobType.transition(
                    "StartUnavailableFilesystemJob", FILESYSTEM, Set.of("unavailable"), "available")
            .offered("Start", Group.COMMON, 20)
            .described("Start filesystem %s")
            .explained(START_HELP)
            .needs(FilesystemJobs::allMounted)
            .build();

    private static final JobType STOP_UNAVAILABLE = JobType.transition(
                    "StopUnavailableFilesystemJob", FILESYSTEM, Set.of("unavailable"), "stopped")
            .offered("Stop", Group.INFREQUENT, 30)
            .described("Stop file system %s")
            .explained("Stops the file system's MDTs and OSTs: it becomes unavailable to clients.")
            .needs(job -> Requirement.all(job.world().membersOf(job.fact().id()).stream()
                    .map(target -> Dependency.not(target.ref(), Set.of("mounted"), "unmounted"))))
            .build();

    /** A step on the way, never asked for: a file system is unavailable because of its targets, not because somebody wants it. */
    private static final JobType MAKE_UNAVAILABLE = JobType.transition(
                    "MakeAvailableFilesystemUnavailable", FILESYSTEM, Set.of("available"), "unavailable")
            .described("Make file system %s unavailable")
            .build();

    private static final JobType REMOVE = JobType.transition(
                    "RemoveFilesystemJob", FILESYSTEM, Set.of("stopped"), "removed")
            .offered("Remove", Group.COMMON, 20)
            .confirmed()
            .described("Remove file system %s from configuration")
            .explained("Removes the file system. Its contents stay intact until the volumes are used again.")
            .needs(job -> Requirement.all(
                    mgt(job).filter(mgt -> !Set.of("unformatted", "formatted").contains(mgt.state()))
                            .map(mgt -> Dependency.on(mgt.ref(), "mounted"))))
            // removals on one MGT follow each other
            .locking(job -> List.of(
                    new JobType.LockWish(ObjectRef.target(((FilesystemFact) job.fact()).mgtId()), true, null, null)))
            .build();

    private static final JobType FORGET = JobType.transition(
                    "ForgetFilesystemJob", FILESYSTEM, Set.of("unavailable", "stopped", "available"), "forgotten")
            .offered("Forget", Group.RARE, 40)
            .described("Forget unmanaged file system %s")
            .explained("Forgets the file system. Nothing on its servers is changed.")
            .build();

    /** The machine. */
    public static final StateMachine MACHINE = new StateMachine(
            "ManagedFilesystem",
            List.of("unavailable", "stopped", "available", "removed", "forgotten"),
            List.of(START_STOPPED, START_UNAVAILABLE, STOP_UNAVAILABLE, MAKE_UNAVAILABLE, REMOVE, FORGET));

    private FilesystemJobs() {}

    /** All jobs. */
    public static List<JobType> all() {
        return List.of(START_STOPPED, START_UNAVAILABLE, STOP_UNAVAILABLE, MAKE_UNAVAILABLE, REMOVE, FORGET);
    }

    private static Stream<TargetFact> mgt(JobCase job) {
        return job.world().target(((FilesystemFact) job.fact()).mgtId()).stream();
    }

    private static Requirement allMounted(JobCase job) {
        return Requirement.all(
                Stream.concat(mgt(job), job.world().membersOf(job.fact().id()).stream())
                        .map(target -> Dependency.on(target.ref(), "mounted")));
    }
}
