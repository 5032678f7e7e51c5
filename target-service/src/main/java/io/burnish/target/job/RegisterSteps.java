package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;

/** Making a target known to the MGS (orchestration 4.5, agent contract 9.3). */
final class RegisterSteps {

    private RegisterSteps() {}

    /** The first mount, which registers the target; the MGS confirms its name. */
    record RegisterTargetStep(String target, Device device, String mountPoint, String backFilesystem) implements Step {

        @Override
        public String description() {
            return "Register target %s on %s".formatted(target, device.host());
        }

        @Override
        public ObjectNode args() {
            return Json.object()
                    .put("target", target)
                    .put("host", device.host())
                    .put("mount_point", mountPoint);
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode result = script.call(
                    device.hostId(),
                    AgentAction.REGISTER_TARGET,
                    Json.object()
                            .put("device_path", device.path())
                            .put("mount_point", mountPoint)
                            .put("backfstype", backFilesystem));
            String label = result.path("label").asText();
            if (!label.equals(target)) {
                throw new StepFailure("%s:%s was registered as %s, but should have become %s."
                        .formatted(device.host(), device.path(), label, target));
            }
            return result;
        }
    }

    /** Chooses the target's name in Pacemaker; a target that has one keeps it. */
    record GenerateHaLabelStep(long targetId, String target) implements Step {

        @Override
        public String description() {
            return "Choose a name for %s in Pacemaker".formatted(target);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("target", target);
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode label = script.note(tx -> JsonNodeFactory.instance.textNode(HaLabel.random(target)));
            script.effect(tx -> tx.update(
                    "UPDATE target SET ha_label = coalesce(ha_label, $2) WHERE id = $1", targetId, label.asText()));
            return label;
        }
    }
}
