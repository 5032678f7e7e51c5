package io.burnish.host.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.host.HostStore;
import io.burnish.kit.execution.ActionStep;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.execution.Step;
import io.burnish.kit.facts.MountSpec;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Mounts or unmounts all file systems of a worker (orchestration 4.2). The client mounts' owner learns of it from what the worker reports
 * afterwards.
 */
@ApplicationScoped
class ClientMountJobs implements JobDefinition {

    private static final String MOUNT = "MountLustreFilesystemsJob";
    private static final String UNMOUNT = "UnmountLustreFilesystemsJob";

    private final HostStore hosts;
    private final Neighbours neighbours;
    private final MountSpec specs;

    ClientMountJobs(HostStore hosts, Neighbours neighbours, MountSpec specs) {
        this.hosts = hosts;
        this.neighbours = neighbours;
        this.specs = specs;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(MOUNT, UNMOUNT);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(ActionStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, job.subject().id());
        boolean mount = job.jobClass().equals(MOUNT);
        String from = mount ? "unmounted" : "mounted";
        ObjectNode arguments = Json.object();
        ArrayNode pairs = arguments.putArray("filesystems");
        neighbours.all(tx, ObjectType.CLIENT_MOUNT, ClientMountFact.class).stream()
                .filter(one -> one.hostId() == host.id() && one.state().equals(from))
                .forEach(one -> pairs.addArray().add(spec(tx, job, one)).add(one.mountpoint()));
        if (pairs.isEmpty()) {
            return List.of();
        }
        return List.of(
                mount
                        ? new ActionStep(
                                "MountLustreFilesystemsStep",
                                "Mount the file systems of " + host.label(),
                                host.id(),
                                host.label(),
                                AgentAction.MOUNT_LUSTRE_FILESYSTEMS,
                                arguments)
                        : new ActionStep(
                                "UnmountLustreFilesystemsStep",
                                "Unmount the file systems of " + host.label(),
                                host.id(),
                                host.label(),
                                AgentAction.UNMOUNT_LUSTRE_FILESYSTEMS,
                                arguments));
    }

    private String spec(Tx tx, Dispatch.RunJob job, ClientMountFact mount) {
        return neighbours
                .find(tx, ObjectRef.filesystem(mount.filesystemId()), FilesystemFact.class)
                .flatMap(filesystem -> specs.of(tx, filesystem))
                .orElseThrow(() -> new JobRefusal(Reason.of(
                        Reason.Code.DEPENDENCY_UNMET,
                        job.subject(),
                        "'%s' did not start: no server of the MGT of the file system at %s has a NID. Start LNet there."
                                .formatted(job.description(), mount.mountpoint()))));
    }
}
