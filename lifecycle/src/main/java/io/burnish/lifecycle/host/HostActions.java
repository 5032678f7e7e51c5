package io.burnish.lifecycle.host;

import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Dependents;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.job.Group;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What can be done with servers besides changing their state (orchestration 4.1, 4.2).
 *
 * <p>Reboots and power switching take the server's write lock: they never run in the middle of its set-up or of another such job.
 */
public final class HostActions {

    private static final ObjectType HOST = ObjectType.HOST;
    private static final String ARGUMENT = "host_id";
    private static final String FAILS_OVER =
            " Targets that can run elsewhere fail over to a peer; the others are unavailable until this server is back.";

    private static JobType.Builder action(String name) {
        return JobType.action(name, HOST, ARGUMENT).locking(HostActions::writeLock);
    }

    private static List<JobType.LockWish> writeLock(JobCase job) {
        return List.of(new JobType.LockWish(job.fact().ref(), true, null, null));
    }

    static final JobType REBOOT = action("RebootHostJob")
            .offered("Reboot", Group.INFREQUENT, 50)
            .when(HostActions::reachable)
            .described("Initiate a reboot on host %s")
            .explained("Reboots this server." + FAILS_OVER)
            .build();

    static final JobType SHUTDOWN = action("ShutdownHostJob")
            .offered("Shutdown", Group.INFREQUENT, 60)
            .when(HostActions::reachable)
            .described("Initiate an orderly shutdown on host %s")
            .explained("Shuts this server down." + FAILS_OVER)
            .prompt(job -> "Shuts this server down." + FAILS_OVER)
            .build();

    static final JobType POWER_ON = action("PoweronHostJob")
            .offered("Power On", Group.INFREQUENT, 70)
            .when(job -> switchable(job)
                    && known(job).findAny().isPresent()
                    && known(job).noneMatch(on -> on))
            .described("Restore power for server %s")
            .explained("Switches the server's power on.")
            .prompt(job -> "Switches the server's power on.")
            .build();

    static final JobType POWER_OFF = action("PoweroffHostJob")
            .offered("Power Off", Group.INFREQUENT, 80)
            .when(job -> switchable(job)
                    && job.host().outletPower().stream().allMatch(Objects::nonNull)
                    && known(job).anyMatch(on -> on))
            .described("Kill power for server %s")
            .explained("Switches the server's power off at once." + FAILS_OVER)
            .prompt(job -> "Switches the server's power off at once." + FAILS_OVER)
            .build();

    static final JobType POWER_CYCLE = action("PowercycleHostJob")
            .offered("Power cycle", Group.INFREQUENT, 90)
            .when(HostActions::switchable)
            .described("Cycle power for server %s")
            .explained("Switches the server's power off and on again." + FAILS_OVER)
            .prompt(job -> "Switches the server's power off and on again." + FAILS_OVER)
            .build();

    static final JobType FORCE_REMOVE = JobType.action("ForceRemoveHostJob", HOST, ARGUMENT)
            .offered("Force Remove", Group.LAST_RESORT, 140)
            .described("Force remove host %s from configuration")
            .explained(
                    "Drops this server and everything that depends on it from Burnish without contacting it. Its software and data stay as they are. Use it only after Remove has failed.")
            .prompt(
                    job ->
                            "Dropping a server by force is destructive: the server keeps its software and configuration, targets that depend on it vanish from Burnish without being unconfigured in their cluster. Use it only after Remove has failed.")
            .locking(job -> {
                List<JobType.LockWish> wishes = new ArrayList<>();
                wishes.add(new JobType.LockWish(job.fact().ref(), true, null, "removed"));
                Dependents.inclusive(job.world(), job.fact())
                        .forEach(dependent -> wishes.add(new JobType.LockWish(dependent.ref(), true, null, "removed")));
                return wishes;
            })
            .build();

    static final JobType MOUNT_ALL = action("MountLustreFilesystemsJob")
            .offered("Mount Filesystem(s)", Group.RARE, 120)
            .when(job -> worker(job)
                    && job.world().clientMountsOn(job.fact().id()).stream()
                            .anyMatch(mount -> mount.state().equals("unmounted")))
            .described("Mount associated Lustre filesystem(s) on host %s")
            .explained("Mounts all file systems associated with this worker.")
            .prompt(job -> "Mounts all file systems associated with this worker.")
            .build();

    static final JobType UNMOUNT_ALL = action("UnmountLustreFilesystemsJob")
            .offered("Unmount Filesystem(s)", Group.RARE, 130)
            .when(job -> worker(job)
                    && job.world().clientMountsOn(job.fact().id()).stream()
                            .anyMatch(mount -> mount.state().equals("mounted")))
            .described("Unmount associated Lustre filesystem(s) on host %s")
            .explained("Unmounts all file systems associated with this worker.")
            .prompt(job -> "Unmounts all file systems associated with this worker.")
            .build();

    static final JobType SET_PROFILE = action("SetHostProfileJob")
            .described(job -> "Set profile and update host " + job.host().nodename())
            .build();

    static final JobType UPDATE = JobType.action("UpdateJob", HOST, ARGUMENT)
            .described("Update packages on server %s")
            .locking(job -> {
                List<JobType.LockWish> wishes = new ArrayList<>(writeLock(job));
                Dependents.of(job.world(), job.fact())
                        .forEach(dependent -> wishes.add(new JobType.LockWish(dependent.ref(), true, null, null)));
                return wishes;
            })
            .build();

    static final JobType TEST_CONNECTION = JobType.action("TestHostConnectionJob", HOST, null)
            .described(job -> "Test for host connectivity")
            .build();

    static final JobType DETECT_TARGETS = JobType.action("DetectTargetsJob", HOST, null)
            .described(job -> "Scan for Lustre targets")
            .build();

    static final JobType UPDATE_DEVICES = JobType.action("UpdateDevicesJob", HOST, null)
            .described(job -> "Update the device info held for hosts " + names(job))
            .needs(job -> Requirement.all(job.hosts().stream().flatMap(host -> lnetUp(job, host.id()))))
            .locking(job -> job.hosts().stream()
                    .map(host -> new JobType.LockWish(host.ref(), true, null, null))
                    .toList())
            .build();

    static final JobType TRIGGER_UPDATES = JobType.action("TriggerPluginUpdatesJob", HOST, null)
            .described(job -> {
                List<String> plugins = new ArrayList<>();
                job.args().path("plugin_names").forEach(name -> plugins.add(name.asText()));
                return "Trigger plugin poll for %s plugins"
                        .formatted(plugins.isEmpty() ? "all" : String.join(",", plugins));
            })
            .build();

    static final JobType UPDATE_NIDS = JobType.action("UpdateNidsJob", ObjectType.TARGET, null)
            .described(job -> job.hosts().size() == 1
                    ? "Update NIDs on host " + job.hosts().getFirst().label()
                    : "Update NIDs on %d hosts".formatted(job.hosts().size()))
            .needs(job -> {
                List<TargetFact> targets = renamed(job);
                return Requirement.all(Stream.concat(
                        targets.stream()
                                .flatMap(target -> target.primaryHostId().stream())
                                .distinct()
                                .flatMap(host -> lnetUp(job, host)),
                        Stream.concat(
                                targets.stream()
                                        .map(TargetFact::filesystemId)
                                        .filter(Objects::nonNull)
                                        .distinct()
                                        .map(id -> Dependency.on(ObjectRef.filesystem(id), "stopped")),
                                targets.stream().map(target -> Dependency.on(target.ref(), "unmounted")))));
            })
            .locking(job -> renamed(job).stream()
                    .map(target -> new JobType.LockWish(target.ref(), true, "unmounted", "unmounted"))
                    .toList())
            .build();

    private HostActions() {}

    /** All of them. */
    public static List<JobType> all() {
        return List.of(
                REBOOT,
                SHUTDOWN,
                POWER_ON,
                POWER_OFF,
                POWER_CYCLE,
                FORCE_REMOVE,
                MOUNT_ALL,
                UNMOUNT_ALL,
                SET_PROFILE,
                UPDATE,
                TEST_CONNECTION,
                DETECT_TARGETS,
                UPDATE_DEVICES,
                TRIGGER_UPDATES,
                UPDATE_NIDS);
    }

    private static boolean reachable(JobCase job) {
        HostFact host = job.host();
        return host.profile().managed()
                && !Set.of("removed", "undeployed", "unconfigured").contains(host.state())
                && host.inContact()
                && !host.offline();
    }

    private static boolean worker(JobCase job) {
        return job.host().profile().worker() && reachable(job);
    }

    private static boolean switchable(JobCase job) {
        return !job.host().immutableState() && !job.host().outletPower().isEmpty();
    }

    private static Stream<Boolean> known(JobCase job) {
        return job.host().outletPower().stream().filter(Objects::nonNull);
    }

    private static Stream<Dependency> lnetUp(JobCase job, long hostId) {
        return job.world().lnet(hostId).stream().map(lnet -> Dependency.on(lnet.ref(), "lnet_up"));
    }

    private static String names(JobCase job) {
        return String.join(", ", job.hosts().stream().map(HostFact::label).toList());
    }

    /** All targets on the servers, and every target of every file system that they are part of (orchestration 4.1). */
    private static List<TargetFact> renamed(JobCase job) {
        Map<Long, TargetFact> targets = new LinkedHashMap<>();
        Set<Long> filesystems = new TreeSet<>();
        for (HostFact host : job.hosts()) {
            for (TargetFact target : job.world().targetsOn(host.id())) {
                targets.put(target.id(), target);
                if (target.filesystemId() != null) {
                    filesystems.add(target.filesystemId());
                } else {
                    job.world().filesystemsOf(target.id()).forEach(fs -> filesystems.add(fs.id()));
                }
            }
        }
        for (long id : filesystems) {
            job.world().membersOf(id).forEach(target -> targets.put(target.id(), target));
            job.world()
                    .filesystem(id)
                    .flatMap(fs -> job.world().target(fs.mgtId()))
                    .ifPresent(mgt -> targets.put(mgt.id(), mgt));
        }
        return List.copyOf(targets.values());
    }
}
