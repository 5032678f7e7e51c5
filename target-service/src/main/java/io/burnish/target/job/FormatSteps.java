package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.sql.Tx;

/** Formatting a device (orchestration 4.5, agent contract 9.1 and 9.2). */
final class FormatSteps {

    private FormatSteps() {}

    /** The device must be empty; then the target is marked, so that a repeated format does not stumble over its own work. */
    record PreFormatCheck(long targetId, Device device, String deviceType) implements Step {

        @Override
        public String description() {
            return "Prepare for format %s:%s".formatted(device.host(), device.path());
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("host", device.host()).put("path", device.path());
        }

        @Override
        public JsonNode run(StepScript script) {
            script.call(
                    device.hostId(),
                    AgentAction.CHECK_BLOCK_DEVICE,
                    Json.object().put("path", device.path()).put("device_type", deviceType));
            script.effect(tx -> tx.update("UPDATE target SET reformat = true WHERE id = $1", targetId));
            return null;
        }
    }

    /**
     * {@code mkfs.lustre}.
     *
     * @param arguments of the agent's action
     * @param inodeSize as asked for; {@code null}: any
     * @param inodeCount as asked for; {@code null}: any
     */
    record MkfsStep(
            long targetId, String target, Device device, ObjectNode arguments, Integer inodeSize, Long inodeCount)
            implements Step {

        @Override
        public String description() {
            return "Format %s on %s".formatted(target, device.host());
        }

        @Override
        public ObjectNode args() {
            return Json.object()
                    .put("host", device.host())
                    .put("target", target)
                    .put("path", device.path());
        }

        @Override
        public boolean idempotent() {
            return false;
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode result = script.call(device.hostId(), AgentAction.FORMAT_TARGET, arguments);
            compareType(result.path("filesystem_type"));
            compare("inode size", inodeSize, result.path("inode_size"));
            compare("inode count", inodeCount, result.path("inode_count"));
            if (arguments.path("device_type").asText().equals("zfs")) {
                script.effect(this::moveIntoDataset);
            }
            script.effect(tx -> tx.update(
                    "UPDATE target SET uuid = $2, inode_size = $3, inode_count = $4, reformat = true WHERE id = $1",
                    targetId,
                    result.path("uuid").asText(),
                    result.path("inode_size").isNumber()
                            ? result.path("inode_size").asInt()
                            : null,
                    result.path("inode_count").isNumber()
                            ? result.path("inode_count").asLong()
                            : null));
            return result;
        }

        /** In a pool the target lives in a dataset of its own name, whichever server has imported the pool (agent contract, 9.2). */
        private void moveIntoDataset(Tx tx) {
            tx.update(
                    "UPDATE target_mount SET path = split_part(path, '/', 1) || '/' || $2 WHERE target_id = $1",
                    targetId,
                    target);
        }

        private void compareType(JsonNode found) {
            String wanted = arguments.path("backfstype").asText().equals("zfs") ? "zfs" : "ext4";
            if (!found.asText().equals(wanted)) {
                throw new StepFailure("Target %s has a file system of type '%s' after formatting, not '%s'."
                        .formatted(target, found.asText(), wanted));
            }
        }

        private void compare(String what, Number wanted, JsonNode found) {
            if (wanted != null && found.isNumber() && found.asLong() != wanted.longValue()) {
                throw new StepFailure("Target %s has %s %d after formatting, not %d as requested."
                        .formatted(target, what, found.asLong(), wanted.longValue()));
            }
        }
    }
}
