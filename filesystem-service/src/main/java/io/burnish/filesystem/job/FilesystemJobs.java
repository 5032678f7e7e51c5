package io.burnish.filesystem.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.filesystem.Filesystem;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The jobs of file systems (orchestration 4.6): only a removal touches a server. */
@ApplicationScoped
class FilesystemJobs implements JobDefinition {

    private static final String REMOVE = "RemoveFilesystemJob";

    private final Neighbours neighbours;
    private final FilesystemStore filesystems;

    FilesystemJobs(Neighbours neighbours, FilesystemStore filesystems) {
        this.neighbours = neighbours;
        this.filesystems = filesystems;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(
                "StartStoppedFilesystemJob",
                "StartUnavailableFilesystemJob",
                "StopUnavailableFilesystemJob",
                "MakeAvailableFilesystemUnavailable",
                REMOVE,
                "ForgetFilesystemJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(PurgeFilesystemStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        if (!job.jobClass().equals(REMOVE)) {
            return List.of();
        }
        Filesystem filesystem =
                filesystems.where(tx, "id = $1", job.subject().id()).getFirst();
        TargetFact mgt = neighbours
                .find(tx, ObjectRef.target(filesystem.mgtId()), TargetFact.class)
                .orElseThrow(() -> refusal(job, "its MGT does not exist any more"));
        if (filesystem.immutableState() || Set.of("unformatted", "formatted").contains(mgt.state())) {
            return List.of();
        }
        if (mgt.activeHostId() == null) {
            throw refusal(job, "its MGT runs on no server: start it first");
        }
        return List.of(purge(tx, filesystem, mgt, job));
    }

    private Step purge(Tx tx, Filesystem filesystem, TargetFact mgt, Dispatch.RunJob job) {
        VolumeFact volume = neighbours
                .find(tx, new ObjectRef(ObjectType.VOLUME, mgt.volumeId()), VolumeFact.class)
                .orElseThrow(() -> refusal(job, "the volume of its MGT is gone"));
        String path = volume.nodes().stream()
                .filter(node -> node.hostId() == mgt.activeHostId())
                .map(VolumeFact.Node::path)
                .findFirst()
                .orElseThrow(() -> refusal(job, "the server of its MGT does not see the MGT's volume"));
        String host = neighbours
                .find(tx, ObjectRef.host(mgt.activeHostId()), HostFact.class)
                .map(HostFact::label)
                .orElseThrow(() -> refusal(job, "the server of its MGT does not exist any more"));
        return new PurgeFilesystemStep(mgt.activeHostId(), host, path, volume.deviceType(), filesystem.name());
    }

    private static JobRefusal refusal(Dispatch.RunJob job, String why) {
        return new JobRefusal(Reason.of(
                Reason.Code.DEPENDENCY_UNMET,
                job.subject(),
                "'%s' did not start: %s.".formatted(job.description(), why)));
    }

    /** Makes the MGS forget the file system's configuration logs. */
    record PurgeFilesystemStep(long hostId, String host, String mgsDevice, String mgsDeviceType, String filesystem)
            implements Step {

        @Override
        public String description() {
            return "Remove the configuration of file system %s from the MGS on %s".formatted(filesystem, host);
        }

        @Override
        public ObjectNode args() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("host", host)
                    .put("path", mgsDevice)
                    .put("filesystem_name", filesystem);
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(
                    hostId,
                    AgentAction.PURGE_CONFIGURATION,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("mgs_device_path", mgsDevice)
                            .put("mgs_device_type", mgsDeviceType)
                            .put("filesystem_name", filesystem));
        }
    }
}
