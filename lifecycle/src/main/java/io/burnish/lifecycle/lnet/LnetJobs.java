package io.burnish.lifecycle.lnet;

import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.dependency.Dependency;
import io.burnish.lifecycle.dependency.Requirement;
import io.burnish.lifecycle.host.HostJobs;
import io.burnish.lifecycle.job.Group;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.state.StateMachine;
import java.util.List;
import java.util.Set;

/** LNet of a server (orchestration 3.2, 4.3). On servers that are only watched nothing is offered and nothing is done. */
public final class LnetJobs {

    private static final ObjectType LNET = ObjectType.LNET_CONFIGURATION;
    private static final String LOAD_TEXT = "Load the LNet kernel modules on %s";
    private static final String START_TEXT = "Start the LNet networking layer on %s";
    private static final String STOP_TEXT =
            "Shut down the LNet networking layer on %s and stop any targets running on this server";
    private static final String UNLOAD_TEXT =
            "Unload the LNet kernel modules on %s; LNet is stopped if it runs, and reloaded before targets start again";

    private static final JobType ENABLE = JobType.transition(
                    "EnableLNetJob", LNET, Set.of("unconfigured"), "lnet_unloaded")
            .described(job -> (managed(job) ? "Enable LNet on " : "Start monitoring LNet on ") + host(job))
            .needs(job -> HostJobs.packagesFirst(job.world(), lnet(job).hostId()))
            .build();

    private static final JobType LOAD = step("LoadLNetJob", "lnet_unloaded", "lnet_down", LOAD_TEXT)
            .offered("Load LNet", Group.COMMON, 30)
            .build();

    private static final JobType START = step("StartLNetJob", "lnet_down", "lnet_up", START_TEXT)
            .offered("Start LNet", Group.COMMON, 40)
            .build();

    private static final JobType STOP = step("StopLNetJob", "lnet_up", "lnet_down", STOP_TEXT)
            .offered("Stop LNet", Group.RARE, 100)
            .build();

    private static final JobType UNLOAD = step("UnloadLNetJob", "lnet_down", "lnet_unloaded", UNLOAD_TEXT)
            .offered("Unload LNet", Group.RARE, 110)
            .build();

    private static final JobType UNCONFIGURE = JobType.transition(
                    "UnconfigureLNetJob", LNET, Set.of("lnet_unloaded"), "unconfigured")
            .described(job -> managed(job)
                    ? "Change lnet state of %s to unconfigured".formatted(host(job))
                    : "Stop monitoring lnet on " + host(job))
            .build();

    /** Writes other NIDs; LNet gets back the state it had. */
    private static final JobType CONFIGURE = JobType.action("ConfigureLNetJob", LNET, "lnet_configuration_id")
            .described(job -> "Configure LNet for " + host(job))
            .needs(job -> Requirement.on(Dependency.on(job.fact().ref(), "lnet_unloaded")))
            .locking(job -> List.of(new JobType.LockWish(job.fact().ref(), true, null, null)))
            .restoring(job -> List.of(job.fact().ref()))
            .build();

    /** The machine. */
    public static final StateMachine MACHINE = new StateMachine(
            "LNetConfiguration",
            List.of("unconfigured", "lnet_unloaded", "lnet_down", "lnet_up"),
            List.of(ENABLE, LOAD, START, STOP, UNLOAD, UNCONFIGURE));

    private LnetJobs() {}

    /** All jobs. */
    public static List<JobType> all() {
        return List.of(ENABLE, LOAD, START, STOP, UNLOAD, UNCONFIGURE, CONFIGURE);
    }

    private static JobType.Builder step(String name, String from, String to, String text) {
        return JobType.transition(name, LNET, Set.of(from), to)
                .when(LnetJobs::managed)
                .described(job -> text.formatted(host(job)))
                .explained(job -> text.formatted(host(job)) + ".");
    }

    private static LnetFact lnet(JobCase job) {
        return (LnetFact) job.fact();
    }

    private static String host(JobCase job) {
        return job.world().hostLabel(lnet(job).hostId());
    }

    private static boolean managed(JobCase job) {
        return job.world()
                .host(lnet(job).hostId())
                .map(host -> host.profile().managed())
                .orElse(false);
    }
}
