package io.burnish.lifecycle.host;

import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.job.Group;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.state.StateMachine;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The life of a server (orchestration 3.1, 4.1). */
public final class HostJobs {

    private static final ObjectType HOST = ObjectType.HOST;

    /** Manager reaches the server over SSH and installs the agent. */
    public static final JobType DEPLOY = JobType.transition("DeployHostJob", HOST, Set.of("undeployed"), "unconfigured")
            .offered("Deploy agent", Group.COMMON, 10)
            .notCancellable()
            .described(job -> "Deploying agent to " + job.host().address())
            .explained("Installs the agent on the server over SSH and registers the server.")
            .build();

    /** Packages of the profile, a reboot if the kernel demands it. */
    public static final JobType INSTALL = JobType.transition(
                    "InstallHostPackagesJob", HOST, Set.of("unconfigured"), "packages_installed")
            .offered("Continue Server Configuration", Group.COMMON, 20)
            .when(job -> job.fact().state().equals("unconfigured"))
            .described("Install packages on server %s")
            .explained(
                    "Installs the packages of the server's profile and reboots the server if it needs another kernel.")
            .build();

    /** A managed storage server is ready. */
    public static final JobType SETUP = JobType.transition(
                    "SetupHostJob", HOST, Set.of("packages_installed"), "managed")
            .offered("Setup managed server", Group.COMMON, 20)
            .when(job -> job.host().profile().managed() && !job.host().profile().worker() && beyondUnconfigured(job))
            .described("Setup managed host %s")
            .explained("Brings up LNet, the cluster software and time synchronisation on the server.")
            .needs(job -> serving(job.world(), job.host()))
            .build();

    /** A server that is only watched is ready. */
    public static final JobType SETUP_MONITORED = JobType.transition(
                    "SetupMonitoredHostJob", HOST, Set.of("packages_installed"), "monitored")
            .offered("Setup monitored server", Group.COMMON, 20)
            .when(job -> !job.host().profile().managed() && beyondUnconfigured(job))
            .described("Setup monitored host %s")
            .explained("Begins to watch the server. Nothing on it is changed.")
            .needs(job -> monitoring(job.world(), job.host()))
            .build();

    /** A worker is ready. */
    public static final JobType SETUP_WORKER = JobType.transition(
                    "SetupWorkerJob", HOST, Set.of("packages_installed"), "working")
            .offered("Setup worker node", Group.COMMON, 20)
            .when(job -> job.host().profile().managed() && job.host().profile().worker() && beyondUnconfigured(job))
            .described("Setup worker host %s")
            .explained("Brings up LNet and time synchronisation on the worker.")
            .needs(job -> serving(job.world(), job.host()))
            .build();

    private static final String REMOVE_TEXT = "Remove host %s from configuration";
    private static final String REMOVE_HELP =
            "Removes this server. Any file system or target that relies on it is removed as well: their data cannot be reached any more.";

    /** Removes a managed server or worker. */
    public static final JobType REMOVE_MANAGED = JobType.transition(
                    "RemoveManagedHostJob", HOST, Set.of("managed", "working"), "removed")
            .offered("Remove", Group.EMERGENCY, 120)
            .described(REMOVE_TEXT)
            .explained(REMOVE_HELP)
            .prompt(job -> REMOVE_HELP)
            .needs(job -> unconfigured(job.world(), job.host()))
            .build();

    /** Removes a watched server, or one whose set-up was not finished. */
    public static final JobType REMOVE = JobType.transition(
                    "RemoveHostJob", HOST, Set.of("monitored", "packages_installed"), "removed")
            .offered("Remove", Group.EMERGENCY, 120)
            .described(REMOVE_TEXT)
            .explained("Removes this server.")
            .prompt(job -> "Removes this server.")
            .needs(job -> unconfigured(job.world(), job.host()))
            .build();

    /** Removes a server that was never configured. */
    public static final JobType REMOVE_UNCONFIGURED = JobType.transition(
                    "RemoveUnconfiguredHostJob", HOST, Set.of("unconfigured"), "removed")
            .offered("Remove", Group.EMERGENCY, 130)
            .described(REMOVE_TEXT)
            .explained("Removes this server.")
            .prompt(job -> "Removes this server.")
            .build();

    /** The machine. A server whose packages are installed is removed directly, not set up in order to be removed. */
    public static final StateMachine MACHINE = new StateMachine(
            "ManagedHost",
            List.of("unconfigured", "undeployed", "packages_installed", "managed", "monitored", "working", "removed"),
            List.of(
                    DEPLOY,
                    INSTALL,
                    SETUP,
                    SETUP_MONITORED,
                    SETUP_WORKER,
                    REMOVE_UNCONFIGURED,
                    REMOVE_MANAGED,
                    REMOVE));

    private HostJobs() {}

    /** All transitions. */
    public static List<JobType> transitions() {
        return List.of(
                DEPLOY, INSTALL, SETUP, SETUP_MONITORED, SETUP_WORKER, REMOVE_UNCONFIGURED, REMOVE_MANAGED, REMOVE);
    }

    private static boolean beyondUnconfigured(JobCase job) {
        return !job.fact().state().equals("unconfigured");
    }

    private static Requirement serving(World world, HostFact host) {
        List<Dependency> needs = new ArrayList<>();
        world.lnet(host.id()).ifPresent(lnet -> needs.add(Dependency.on(lnet.ref(), "lnet_up")));
        world.pacemaker(host.id()).ifPresent(p -> needs.add(Dependency.on(p.ref(), "started")));
        world.ntp(host.id()).ifPresent(ntp -> needs.add(Dependency.on(ntp.ref(), "configured")));
        return Requirement.all(needs);
    }

    private static Requirement monitoring(World world, HostFact host) {
        List<Dependency> needs = new ArrayList<>();
        world.lnet(host.id())
                .ifPresent(lnet -> needs.add(Dependency.not(lnet.ref(), Set.of("unconfigured"), "lnet_unloaded")));
        if (host.profile().pacemaker()) {
            world.pacemaker(host.id()).ifPresent(p -> needs.add(Dependency.on(p.ref(), "started")));
        }
        if (host.profile().ntp()) {
            world.ntp(host.id()).ifPresent(ntp -> needs.add(Dependency.on(ntp.ref(), "configured")));
        }
        return Requirement.all(needs);
    }

    /** Pacemaker is not named: it stops because Corosync does. */
    private static Requirement unconfigured(World world, HostFact host) {
        List<Dependency> needs = new ArrayList<>();
        world.lnet(host.id()).ifPresent(lnet -> needs.add(Dependency.on(lnet.ref(), "unconfigured")));
        world.corosync(host.id()).ifPresent(c -> needs.add(Dependency.on(c.ref(), "unconfigured")));
        world.ntp(host.id()).ifPresent(ntp -> needs.add(Dependency.on(ntp.ref(), "unconfigured")));
        return Requirement.all(needs);
    }

    /** For configurations of a server that is not configured itself yet: its packages come first. */
    public static Requirement packagesFirst(World world, long hostId) {
        return world.host(hostId)
                .filter(host ->
                        host.state().equals("unconfigured") || host.state().equals("undeployed"))
                .<Requirement>map(host -> Requirement.on(Dependency.on(ObjectRef.host(hostId), "packages_installed")))
                .orElse(Requirement.NONE);
    }
}
