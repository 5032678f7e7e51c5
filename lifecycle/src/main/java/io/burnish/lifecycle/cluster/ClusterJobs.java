package io.burnish.lifecycle.cluster;

import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.host.HostJobs;
import io.burnish.lifecycle.job.Group;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.state.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Corosync, Pacemaker and time synchronisation of a server (orchestration 3.3 to 3.5, 4.4). */
public final class ClusterJobs {

    private static final ObjectType COROSYNC = ObjectType.COROSYNC_CONFIGURATION;
    private static final ObjectType PACEMAKER = ObjectType.PACEMAKER_CONFIGURATION;
    private static final ObjectType NTP = ObjectType.NTP_CONFIGURATION;
    private static final String UNCONFIGURED = "unconfigured";
    private static final String STOPPED = "stopped";
    private static final String STARTED = "started";

    /** Of the pcs generation. The older one has no jobs: no server that Burnish manages can run it (ADR 15). */
    private static final List<JobType> COROSYNC_2 = corosync2();

    private static final JobType CONFIGURE_PACEMAKER = JobType.transition(
                    "ConfigurePacemakerJob", PACEMAKER, Set.of(UNCONFIGURED), STOPPED)
            .offered("Configure Pacemaker", Group.COMMON, 30)
            .described(job -> "Configure Pacemaker on %s.".formatted(host(job)))
            .needs(job -> needsCorosync(job, true))
            .build();

    private static final JobType START_PACEMAKER = JobType.transition(
                    "StartPacemakerJob", PACEMAKER, Set.of(STOPPED), STARTED)
            .offered("Start Pacemaker", Group.COMMON, 30)
            .described(job -> "Start Pacemaker on " + host(job))
            .needs(job -> needsCorosync(job, false))
            .build();

    private static final JobType STOP_PACEMAKER = JobType.transition(
                    "StopPacemakerJob", PACEMAKER, Set.of(STARTED), STOPPED)
            .offered("Stop Pacemaker", Group.RARE, 100)
            .described(job -> "Stop Pacemaker on " + host(job))
            .explained("Stops Pacemaker; targets running on this server are stopped first.")
            .build();

    private static final JobType UNCONFIGURE_PACEMAKER = JobType.transition(
                    "UnconfigurePacemakerJob", PACEMAKER, Set.of(STOPPED), UNCONFIGURED)
            .offered("Unconfigure Pacemaker", Group.COMMON, 30)
            .when(ClusterJobs::noTargets)
            .described(job -> "Unconfigure Pacemaker on " + host(job))
            .needs(job -> new Requirement.All(List.of(
                    needsCorosync(job, true),
                    Requirement.all(job.world().targetsOn(hostId(job)).stream()
                            .map(target -> Dependency.on(target.ref(), "removed"))))))
            .build();

    private static final JobType CONFIGURE_FENCING = JobType.action(
                    "ConfigureHostFencingJob", PACEMAKER, "pacemaker_configuration_id")
            .described(job -> "Configure fencing agent on " + host(job))
            .locking(job -> List.of(new JobType.LockWish(job.fact().ref(), true, null, null)))
            .build();

    private static final JobType CONFIGURE_NTP = JobType.transition(
                    "ConfigureNTPJob", NTP, Set.of(UNCONFIGURED), "configured")
            .offered("Start Ntp", Group.COMMON, 30)
            .described(job -> "Configure NTP on " + host(job))
            .needs(job -> HostJobs.packagesFirst(job.world(), hostId(job)))
            .build();

    private static final JobType UNCONFIGURE_NTP = JobType.transition(
                    "UnconfigureNTPJob", NTP, Set.of("configured"), UNCONFIGURED)
            .offered("Unconfigure NTP", Group.COMMON, 30)
            .described(job -> "Unconfigure Ntp on " + host(job))
            .build();

    /** Corosync of the older generation: it is seen in its states, and nothing leads from one to another. */
    public static final StateMachine COROSYNC_MACHINE =
            new StateMachine("CorosyncConfiguration", List.of(UNCONFIGURED, STOPPED, STARTED), List.of());

    /** Corosync of the pcs generation. */
    public static final StateMachine COROSYNC2_MACHINE = new StateMachine(
            "Corosync2Configuration", List.of(UNCONFIGURED, STOPPED, STARTED), transitions(COROSYNC_2));

    /** Pacemaker. */
    public static final StateMachine PACEMAKER_MACHINE = new StateMachine(
            "PacemakerConfiguration",
            List.of(UNCONFIGURED, STOPPED, STARTED),
            List.of(CONFIGURE_PACEMAKER, START_PACEMAKER, STOP_PACEMAKER, UNCONFIGURE_PACEMAKER));

    /** Time synchronisation. */
    public static final StateMachine NTP_MACHINE = new StateMachine(
            "NTPConfiguration", List.of(UNCONFIGURED, "configured"), List.of(CONFIGURE_NTP, UNCONFIGURE_NTP));

    private ClusterJobs() {}

    /** All jobs. */
    public static List<JobType> all() {
        List<JobType> all = new ArrayList<>(COROSYNC_2);
        all.addAll(List.of(
                CONFIGURE_PACEMAKER,
                START_PACEMAKER,
                STOP_PACEMAKER,
                UNCONFIGURE_PACEMAKER,
                CONFIGURE_FENCING,
                CONFIGURE_NTP,
                UNCONFIGURE_NTP));
        return all;
    }

    private static List<JobType> transitions(List<JobType> jobs) {
        return jobs.stream().filter(JobType::transition).toList();
    }

    private static List<JobType> corosync2() {
        JobType configure = JobType.transition("AutoConfigureCorosync2Job", COROSYNC, Set.of(UNCONFIGURED), STOPPED)
                .offered("Configure Corosync", Group.COMMON, 30)
                .described(job -> "Configure Corosync on %s.".formatted(host(job)))
                .needs(job -> HostJobs.packagesFirst(job.world(), hostId(job)))
                .build();
        JobType start = JobType.transition("StartCorosync2Job", COROSYNC, Set.of(STOPPED), STARTED)
                .offered("Start Corosync", Group.COMMON, 30)
                .described(job -> "Start Corosync on " + host(job))
                .build();
        JobType stop = JobType.transition("StopCorosync2Job", COROSYNC, Set.of(STARTED), STOPPED)
                .offered("Stop Corosync", Group.RARE, 100)
                .described(job -> "Stop Corosync on " + host(job))
                .explained("Stops Corosync; Pacemaker and the targets running on this server are stopped first.")
                .needs(job -> Requirement.all(job.world().pacemaker(hostId(job)).stream()
                        .map(pacemaker -> Dependency.not(pacemaker.ref(), Set.of(STARTED), STOPPED))))
                .build();
        JobType unconfigure = JobType.transition("UnconfigureCorosync2Job", COROSYNC, Set.of(STOPPED), UNCONFIGURED)
                .offered("Unconfigure Corosync", Group.COMMON, 30)
                .when(ClusterJobs::noTargets)
                .described(job -> "Unconfigure Corosync on " + host(job))
                .build();
        JobType reconfigure = JobType.action("ConfigureCorosync2Job", COROSYNC, "corosync_configuration_id")
                .described(job -> "Configure Corosync on this host.")
                .needs(job -> Requirement.on(Dependency.on(job.fact().ref(), STOPPED)))
                .locking(job -> List.of(new JobType.LockWish(job.fact().ref(), true, null, null)))
                .restoring(job -> Stream.concat(
                                Stream.of(job.fact().ref()),
                                job.world().pacemaker(hostId(job)).stream().map(PacemakerFact::ref))
                        .toList())
                .build();
        return List.of(configure, start, stop, unconfigure, reconfigure);
    }

    private static Requirement needsCorosync(JobCase job, boolean packages) {
        Requirement corosync = Requirement.all(
                job.world().corosync(hostId(job)).stream().map(fact -> Dependency.on(fact.ref(), STARTED)));
        return packages
                ? new Requirement.All(List.of(HostJobs.packagesFirst(job.world(), hostId(job)), corosync))
                : corosync;
    }

    private static boolean noTargets(JobCase job) {
        return job.world().targetsOn(hostId(job)).isEmpty();
    }

    private static long hostId(JobCase job) {
        return switch (job.fact()) {
            case CorosyncFact corosync -> corosync.hostId();
            case PacemakerFact pacemaker -> pacemaker.hostId();
            case NtpFact ntp -> ntp.hostId();
            default ->
                throw new IllegalArgumentException(
                        "no configuration of a server: " + job.fact().ref());
        };
    }

    private static String host(JobCase job) {
        return job.world().hostLabel(hostId(job));
    }
}
