package io.burnish.filesystem.copytool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.execution.ActionStep;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.execution.Step;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The jobs of copytools (orchestration 4.7). */
@ApplicationScoped
class CopytoolJobs implements JobDefinition {

    private static final String CONFIGURE = "ConfigureCopytoolJob";
    private static final String START = "StartCopytoolJob";
    private static final String STOP = "StopCopytoolJob";
    private static final String REMOVE = "RemoveCopytoolJob";
    private static final String REMOVE_UNCONFIGURED = "RemoveUnconfiguredCopytoolJob";
    private static final String FORCE_REMOVE = "ForceRemoveCopytoolJob";

    private final Neighbours neighbours;
    private final CopytoolStore copytools;

    CopytoolJobs(Neighbours neighbours, CopytoolStore copytools) {
        this.neighbours = neighbours;
        this.copytools = copytools;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(CONFIGURE, START, STOP, REMOVE, REMOVE_UNCONFIGURED, FORCE_REMOVE);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(ActionStep.class);
    }

    /** What a started copytool says may arrive before the job has ended: its run counts from here on. */
    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Copytool copytool = copytools.get(tx, job.subject().id());
        String run = Long.toString(job.jobId());
        return switch (job.jobClass()) {
            case CONFIGURE ->
                List.of(step(tx, job, copytool, "Configure", AgentAction.CONFIGURE_COPYTOOL, copytool.settings()));
            case START -> {
                copytools.beginRun(tx, copytool.id(), run);
                yield List.of(step(
                        tx,
                        job,
                        copytool,
                        "Start",
                        AgentAction.START_MONITORED_COPYTOOL,
                        named(copytool).put("run", run)));
            }
            case STOP -> List.of(step(tx, job, copytool, "Stop", AgentAction.STOP_MONITORED_COPYTOOL, named(copytool)));
            case REMOVE ->
                List.of(
                        step(tx, job, copytool, "Stop", AgentAction.STOP_MONITORED_COPYTOOL, named(copytool)),
                        step(tx, job, copytool, "Unconfigure", AgentAction.UNCONFIGURE_COPYTOOL, named(copytool)));
            default -> List.of();
        };
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        long id = job.subject().id();
        switch (job.jobClass()) {
            case STOP -> copytools.endRun(tx, id, "The copytool was stopped");
            case REMOVE, REMOVE_UNCONFIGURED -> copytools.endRun(tx, id, "The copytool was removed");
            case FORCE_REMOVE -> {
                copytools.endRun(tx, id, "The copytool was removed");
                copytools.changeState(tx, id, "removed", false);
            }
            default -> {
                // the new state says everything
            }
        }
    }

    private static ObjectNode named(Copytool copytool) {
        return JsonNodeFactory.instance.objectNode().put("id", Long.toString(copytool.id()));
    }

    private Step step(
            Tx tx, Dispatch.RunJob job, Copytool copytool, String verb, AgentAction action, ObjectNode arguments) {
        String host = neighbours
                .find(tx, ObjectRef.host(copytool.hostId()), HostFact.class)
                .map(HostFact::label)
                .orElseThrow(() -> new JobRefusal(Reason.of(
                        Reason.Code.DEPENDENCY_UNMET,
                        job.subject(),
                        "'%s' did not start: its worker does not exist any more. Remove the copytool by force."
                                .formatted(job.description()))));
        return new ActionStep(
                verb + "CopytoolStep",
                "%s copytool %s on %s".formatted(verb, copytool.label(), host),
                copytool.hostId(),
                host,
                action,
                arguments);
    }
}
