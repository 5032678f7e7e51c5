package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import io.burnish.target.confparam.ParameterLedger;

/** Making targets and their MGS forget old NIDs (orchestration 4.1, agent contract 9.8). */
final class UpdateNidsSteps {

    private UpdateNidsSteps() {}

    /**
     * {@code tunefs.lustre}.
     *
     * @param arguments of the agent's action
     */
    record WriteConfStep(String target, Device device, ObjectNode arguments) implements Step {

        @Override
        public String description() {
            return "Write the configuration of target %s anew on %s".formatted(target, device.host());
        }

        @Override
        public ObjectNode args() {
            return Json.object()
                    .put("target", target)
                    .put("host", device.host())
                    .put("path", device.path());
        }

        @Override
        public boolean idempotent() {
            return false;
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(device.hostId(), AgentAction.WRITECONF_TARGET, arguments);
        }
    }

    /** The MGS loses the parameters of targets that are written anew: all are applied again when it runs. */
    record ResetConfParamsStep(long mgtId, String mgs) implements Step {

        @Override
        public String description() {
            return "Note that %s has lost its configuration parameters".formatted(mgs);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("target", mgs);
        }

        @Override
        public JsonNode run(StepScript script) {
            script.effect(tx -> script.bean(ParameterLedger.class).lost(tx, mgtId));
            return null;
        }
    }
}
