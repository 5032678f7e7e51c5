package io.burnish.filesystem.clientmount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.filesystem.filesystem.Filesystem;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.facts.MountSpec;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Mounts and unmounts a file system on a worker, and forgets the client mount (orchestration 4.7). */
@ApplicationScoped
class ClientMountJobs implements JobDefinition {

    private static final String MOUNT = "MountLustreClientJob";
    private static final String UNMOUNT = "UnmountLustreClientMountJob";
    private static final String REMOVE = "RemoveLustreClientJob";

    private final Neighbours neighbours;
    private final FilesystemStore filesystems;
    private final ClientMountStore mounts;
    private final MountSpec specs;

    ClientMountJobs(Neighbours neighbours, FilesystemStore filesystems, ClientMountStore mounts, MountSpec specs) {
        this.neighbours = neighbours;
        this.filesystems = filesystems;
        this.mounts = mounts;
        this.specs = specs;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(MOUNT, UNMOUNT, REMOVE);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(MountFilesystemStep.class, UnmountFilesystemStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        if (job.jobClass().equals(REMOVE)) {
            return List.of();
        }
        ClientMount mount = mounts.get(tx, job.subject().id());
        String host = neighbours
                .find(tx, ObjectRef.host(mount.hostId()), HostFact.class)
                .map(HostFact::label)
                .orElseThrow(() -> refusal(job, "its server does not exist any more"));
        Filesystem filesystem =
                filesystems.where(tx, "id = $1", mount.filesystemId()).getFirst();
        String spec = specs.of(tx, filesystem.fact())
                .orElseThrow(() -> refusal(
                        job,
                        "no server of the MGT of file system '%s' has a NID. Start LNet there"
                                .formatted(filesystem.name())));
        return job.jobClass().equals(MOUNT)
                ? List.of(new MountFilesystemStep(mount.hostId(), host, spec, mount.mountpoint()))
                : List.of(new UnmountFilesystemStep(mount.hostId(), host, spec, mount.mountpoint()));
    }

    private static JobRefusal refusal(Dispatch.RunJob job, String why) {
        return new JobRefusal(Reason.of(
                Reason.Code.DEPENDENCY_UNMET,
                job.subject(),
                "'%s' did not start: %s.".formatted(job.description(), why)));
    }

    private static ObjectNode arguments(String spec, String mountpoint) {
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.putArray("filesystems").addArray().add(spec).add(mountpoint);
        return args;
    }

    /** Mounts one file system on a worker. */
    record MountFilesystemStep(long hostId, String host, String spec, String mountpoint) implements Step {

        @Override
        public String description() {
            return "Mount %s at %s on %s".formatted(spec, mountpoint, host);
        }

        @Override
        public ObjectNode args() {
            return arguments(spec, mountpoint).put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(hostId, AgentAction.MOUNT_LUSTRE_FILESYSTEMS, arguments(spec, mountpoint));
        }
    }

    /** Unmounts one file system on a worker. */
    record UnmountFilesystemStep(long hostId, String host, String spec, String mountpoint) implements Step {

        @Override
        public String description() {
            return "Unmount %s from %s on %s".formatted(spec, mountpoint, host);
        }

        @Override
        public ObjectNode args() {
            return arguments(spec, mountpoint).put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(hostId, AgentAction.UNMOUNT_LUSTRE_FILESYSTEMS, arguments(spec, mountpoint));
        }
    }
}
