package io.burnish.lifecycle.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.job.Group;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.state.StateMachine;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The life of MGTs, MDTs and OSTs (orchestration 3.6, 4.5). */
public final class TargetJobs {

    private static final ObjectType TARGET = ObjectType.TARGET;
    private static final String REMOVE_WARNING =
            "\n*** WARNING *** This is destructive and cannot be undone: what is stored on the target is lost to the file system.";
    private static final String MIGRATION_PROMPT = "Clients may see delays while the target moves.";

    private static final JobType FORMAT = JobType.transition(
                    "FormatTargetJob", TARGET, Set.of("unformatted"), "formatted")
            .offered("Format", Group.DEFAULT, 1000)
            .notCancellable()
            .described("Format %s")
            .needs(job -> Requirement.all(lnetUp(
                    job.world(),
                    Stream.concat(hosts(job.target()), mgsHosts(job)).distinct())))
            .build();

    private static final JobType REGISTER = JobType.transition(
                    "RegisterTargetJob", TARGET, Set.of("formatted"), "registered")
            .offered("Register", Group.DEFAULT, 1000)
            .described("Register %s")
            .needs(TargetJobs::registration)
            .build();

    private static final JobType CONFIGURE = JobType.transition(
                    "ConfigureTargetJob", TARGET, Set.of("registered"), "unmounted")
            .offered("Configure mount points", Group.DEFAULT, 1000)
            .described("Configure %s mount points")
            .needs(job -> Requirement.all(Stream.concat(
                    lnetUp(job.world(), job.target().primaryHostId().stream()),
                    pacemakerStarted(job.world(), hosts(job.target())))))
            .build();

    private static final JobType START = JobType.transition("StartTargetJob", TARGET, Set.of("unmounted"), "mounted")
            .offered("Start", Group.DEFAULT, 1000)
            .described("Start target %s")
            .explained(job -> switch (job.target().kind()) {
                case MGT ->
                    "Starts the management target: clients can mount its file systems and parameters can be changed.";
                case MDT -> "Starts the metadata target.";
                case OST -> "Starts the object store target: files on it become accessible.";
            })
            .needs(job -> new Requirement.Any(hosts(job.target())
                    .<Requirement>map(host -> serving(job.world(), host))
                    .toList()))
            .build();

    private static final JobType STOP = JobType.transition("StopTargetJob", TARGET, Set.of("mounted"), "unmounted")
            .offered("Stop", Group.DEFAULT, 1000)
            .confirmed()
            .described("Stop target %s")
            .explained(job -> switch (job.target().kind()) {
                case MGT -> "Stops the management target: no new client can connect; running MDTs and OSTs go on.";
                case MDT ->
                    "Stops the metadata target: the file system is unavailable until it is started again. Clients that know an object can go on using it.";
                case OST -> "Stops the object store target: files on it are inaccessible until it is started again.";
            })
            .build();

    private static final JobType REMOVE_CONFIGURED = JobType.transition(
                    "RemoveConfiguredTargetJob", TARGET, Set.of("unmounted"), "removed")
            .offered("Remove", Group.DEFAULT, 1000)
            .confirmed()
            .described("Remove target %s from the filesystem" + REMOVE_WARNING)
            .explained(job -> removal(job.target()))
            .prompt(job -> removal(job.target()))
            .build();

    private static final JobType REMOVE = JobType.transition(
                    "RemoveTargetJob", TARGET, Set.of("unformatted", "formatted", "registered"), "removed")
            .offered("Remove", Group.DEFAULT, 1000)
            .confirmed()
            .described("Remove target %s from the filesystem" + REMOVE_WARNING)
            .explained(job -> removal(job.target()))
            .prompt(job -> job.fact().state().equals("registered") ? removal(job.target()) : null)
            .build();

    private static final JobType FORGET = JobType.transition(
                    "ForgetTargetJob", TARGET, Set.of("unmounted", "mounted"), "forgotten")
            .offered("Forget", Group.DEFAULT, 1000)
            .confirmed()
            .described("Forget unmanaged target %s")
            .build();

    private static final JobType FAILOVER = JobType.action("FailoverTargetJob", TARGET, "target_id")
            .offered("Failover", Group.DEFAULT, 1000)
            .when(job -> migratable(job) && runsOnPrimary(job.target()))
            .described("Migrate target to secondary host")
            .explained("Migrates the target to its failover server. " + MIGRATION_PROMPT)
            .prompt(job -> "Migrate " + job.fact().label() + " to its failover server? " + MIGRATION_PROMPT)
            .needs(job -> migration(job, job.target().failoverHostIds().stream().findFirst()))
            .locking(TargetJobs::keepsMounted)
            .build();

    private static final JobType FAILBACK = JobType.action("FailbackTargetJob", TARGET, "target_id")
            .offered("Failback", Group.DEFAULT, 1000)
            .when(job -> migratable(job) && job.target().activeHostId() != null && !runsOnPrimary(job.target()))
            .described("Migrate failed-over target back to primary host")
            .explained("Migrates the target back to its primary server. " + MIGRATION_PROMPT)
            .prompt(job -> "Migrate " + job.fact().label() + " back to its primary server? " + MIGRATION_PROMPT)
            .needs(job -> migration(job, job.target().primaryHostId()))
            .locking(TargetJobs::keepsMounted)
            .build();

    private static final JobType APPLY_CONF_PARAMS = JobType.action("ApplyConfParams", TARGET, "mgs_id")
            .described(job -> "Update conf_params on "
                    + job.world().hostLabel(job.target().primaryHostId().orElse(0L)))
            .needs(TargetJobs::parametersApplicable)
            // the owner of the MGT waits until it knows what file systems want
            .locking(job -> job.world().filesystemsOf(job.fact().id()).stream()
                    .map(fs -> new JobType.LockWish(fs.ref(), false, null, null))
                    .toList())
            .build();

    /** The machine of all kinds. */
    public static final StateMachine MACHINE = new StateMachine(
            "ManagedTarget",
            List.of("unformatted", "formatted", "registered", "unmounted", "mounted", "removed", "forgotten"),
            List.of(FORMAT, REGISTER, CONFIGURE, START, STOP, REMOVE_CONFIGURED, REMOVE, FORGET));

    private TargetJobs() {}

    /** All jobs. */
    public static List<JobType> all() {
        return List.of(
                FORMAT,
                REGISTER,
                CONFIGURE,
                START,
                STOP,
                REMOVE_CONFIGURED,
                REMOVE,
                FORGET,
                FAILOVER,
                FAILBACK,
                APPLY_CONF_PARAMS);
    }

    /** Servers of a target, primary first. */
    static Stream<Long> hosts(TargetFact target) {
        return Stream.concat(target.primaryHostId().stream(), target.failoverHostIds().stream());
    }

    /** The MGT of a target's file system. */
    public static Optional<TargetFact> mgt(World world, TargetFact target) {
        return target.filesystemId() == null
                ? Optional.empty()
                : world.filesystem(target.filesystemId()).flatMap(fs -> world.target(fs.mgtId()));
    }

    private static Stream<Long> mgsHosts(JobCase job) {
        return mgt(job.world(), job.target()).stream().flatMap(TargetJobs::hosts);
    }

    private static Stream<Dependency> lnetUp(World world, Stream<Long> hosts) {
        return hosts.flatMap(host -> world.lnet(host).stream()).map(lnet -> Dependency.on(lnet.ref(), "lnet_up"));
    }

    private static Stream<Dependency> pacemakerStarted(World world, Stream<Long> hosts) {
        return hosts.flatMap(host -> world.pacemaker(host).stream())
                .map(pacemaker -> Dependency.on(pacemaker.ref(), "started"));
    }

    private static Requirement serving(World world, long host) {
        return Requirement.all(Stream.concat(lnetUp(world, Stream.of(host)), pacemakerStarted(world, Stream.of(host))));
    }

    /** MDTs and OSTs register at a running MGS; OSTs when every MDT of the file system runs. */
    private static Requirement registration(JobCase job) {
        TargetFact target = job.target();
        List<Dependency> needs = new ArrayList<>(
                lnetUp(job.world(), target.primaryHostId().stream()).toList());
        mgt(job.world(), target).ifPresent(mgt -> needs.add(Dependency.on(mgt.ref(), "mounted")));
        if (target.kind() == TargetKind.OST) {
            job.world().mdtsOf(target.filesystemId()).forEach(mdt -> needs.add(Dependency.on(mdt.ref(), "mounted")));
        }
        return Requirement.all(needs);
    }

    private static Requirement migration(JobCase job, Optional<Long> destination) {
        return Requirement.all(Stream.concat(
                Stream.of(Dependency.on(job.fact().ref(), "mounted")),
                destination.stream()
                        .flatMap(host -> Stream.concat(
                                lnetUp(job.world(), Stream.of(host)),
                                pacemakerStarted(job.world(), Stream.of(host))))));
    }

    private static List<JobType.LockWish> keepsMounted(JobCase job) {
        return List.of(new JobType.LockWish(job.fact().ref(), true, "mounted", "mounted"));
    }

    private static boolean migratable(JobCase job) {
        return !job.fact().immutableState()
                && job.fact().state().equals("mounted")
                && !job.target().failoverHostIds().isEmpty();
    }

    private static boolean runsOnPrimary(TargetFact target) {
        return target.activeHostId() != null
                && target.primaryHostId().filter(target.activeHostId()::equals).isPresent();
    }

    /** The MGS runs, and the targets that the request names are registered: parameters of others wait for their registration. */
    private static Requirement parametersApplicable(JobCase job) {
        Set<Dependency> needs = new LinkedHashSet<>();
        needs.add(Dependency.on(job.fact().ref(), "mounted"));
        for (JsonNode id : job.args().path("targets")) {
            job.world()
                    .target(id.asLong())
                    .ifPresent(target ->
                            needs.add(Dependency.not(target.ref(), Set.of("unformatted", "formatted"), "registered")));
        }
        return Requirement.all(List.copyOf(needs));
    }

    private static String removal(TargetFact target) {
        return switch (target.kind()) {
            case MGT ->
                "The management target disappears from Burnish. Its contents stay until the volume is used again.";
            case MDT ->
                "The metadata target disappears from Burnish: the metadata on it become inaccessible. Copy what you need first.";
            case OST ->
                "The object store target disappears from Burnish: the data on it become inaccessible. Copy what you need first.";
        };
    }
}
