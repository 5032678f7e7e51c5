package io.burnish.target.confparam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * {@code ApplyConfParams} (orchestration 4.8): sets what is recorded and not applied yet, oldest first, on the server where the MGS runs. What
 * was set stays noted when a later parameter fails. Parameters of targets that have not registered wait for that.
 */
@ApplicationScoped
class ApplyParameters implements JobDefinition {

    private final ParameterLedger ledger;
    private final TargetStore targets;
    private final Neighbours neighbours;

    ApplyParameters(ParameterLedger ledger, TargetStore targets, Neighbours neighbours) {
        this.ledger = ledger;
        this.targets = targets;
        this.neighbours = neighbours;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("ApplyConfParams");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(ConfParamStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Target mgt = targets.get(tx, job.subject().id());
        if (mgt.kind() != TargetKind.MGT) {
            throw refusal(job, "target %s is not an MGT".formatted(mgt.name()));
        }
        ledger.record(tx, mgt.id());
        List<ParameterEntry> pending = ledger.applicable(tx, mgt.id());
        if (pending.isEmpty()) {
            return List.of();
        }
        long host = mgt.active()
                .map(Target.Mount::hostId)
                .orElseThrow(() -> refusal(job, "the MGS runs on no server: start it first"));
        String label = neighbours
                .find(tx, ObjectRef.host(host), HostFact.class)
                .map(HostFact::label)
                .orElseThrow(() -> refusal(job, "the server of the MGS does not exist any more"));
        return pending.stream()
                .<Step>map(entry -> new ConfParamStep(mgt.id(), host, label, entry))
                .toList();
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        ledger.settle(tx, job.subject().id());
    }

    /** What was set before the failure counts. */
    @Override
    public void ended(Tx tx, Dispatch.RunJob job) {
        ledger.settle(tx, job.subject().id());
    }

    private static JobRefusal refusal(Dispatch.RunJob job, String why) {
        return new JobRefusal(Reason.of(
                Reason.Code.DEPENDENCY_UNMET,
                job.subject(),
                "'%s' did not start: %s.".formatted(job.description(), why)));
    }

    /** Sets one parameter on the MGS, or unsets it. */
    record ConfParamStep(long mgtId, long hostId, String host, ParameterEntry entry) implements Step {

        @Override
        public String description() {
            return entry.value() == null
                    ? "Unset %s on the MGS on %s".formatted(entry.key(), host)
                    : "Set %s to %s on the MGS on %s".formatted(entry.key(), entry.value(), host);
        }

        @Override
        public ObjectNode args() {
            return arguments().put("host", host);
        }

        private ObjectNode arguments() {
            return JsonNodeFactory.instance.objectNode().put("key", entry.key()).put("value", entry.value());
        }

        @Override
        public boolean idempotent() {
            return false;
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode result = script.call(hostId, AgentAction.SET_CONF_PARAM, arguments());
            script.effect(tx -> script.bean(ParameterLedger.class).applied(tx, mgtId, entry));
            return result;
        }
    }
}
