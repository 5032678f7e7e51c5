package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;

/** Telling servers and their cluster about a target, and making them forget it (agent contract 9.5, 9.7). */
final class ConfigureSteps {

    private ConfigureSteps() {}

    /** Lustre's port. */
    record OpenLustreFirewallStep(long hostId, String host) implements Step {

        private static final int LUSTRE = 988;

        @Override
        public String description() {
            return "Opening Lustre firewall port (988:tcp) on %s".formatted(host);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("host", host);
        }

        @Override
        public boolean lasting() {
            return true;
        }

        @Override
        public JsonNode run(StepScript script) {
            ObjectNode args = Json.object().put("port", LUSTRE);
            args.putNull("address");
            args.put("proto", "tcp").put("description", "lustre").put("persist", true);
            return script.call(hostId, AgentAction.OPEN_FIREWALL, args);
        }
    }

    /** What the resource agent of the cluster needs to know of the target. */
    record ConfigureTargetStoreStep(
            String target, Device device, String uuid, String mountPoint, String backFilesystem, String deviceType)
            implements Step {

        @Override
        public String description() {
            return "Configure target %s on %s".formatted(target, device.host());
        }

        @Override
        public ObjectNode args() {
            return Json.object()
                    .put("target", target)
                    .put("host", device.host())
                    .put("uuid", uuid);
        }

        @Override
        public boolean lasting() {
            return true;
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(
                    device.hostId(),
                    AgentAction.CONFIGURE_TARGET_STORE,
                    Json.object()
                            .put("device", device.path())
                            .put("uuid", uuid)
                            .put("mount_point", mountPoint)
                            .put("backfstype", backFilesystem)
                            .put("device_type", deviceType));
        }
    }

    /** The resource and its location constraint. */
    record AddTargetToPacemakerConfigStep(
            String target, Device device, String haLabel, String uuid, boolean primary, String mountPoint)
            implements Step {

        @Override
        public String description() {
            return "Adding target %s to pacemaker configuration".formatted(target);
        }

        @Override
        public ObjectNode args() {
            return Json.object()
                    .put("target", target)
                    .put("host", device.host())
                    .put("primary", primary);
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(
                    device.hostId(),
                    AgentAction.CONFIGURE_TARGET_HA,
                    Json.object()
                            .put("device", device.path())
                            .put("ha_label", haLabel)
                            .put("uuid", uuid)
                            .put("primary", primary)
                            .put("mount_point", mountPoint));
        }
    }

    /** The opposite of {@link AddTargetToPacemakerConfigStep}. */
    record RemoveTargetFromPacemakerConfigStep(
            String target, long hostId, String host, String haLabel, String uuid, boolean primary) implements Step {

        @Override
        public String description() {
            return "Removing target %s from pacemaker configuration".formatted(target);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("target", target).put("host", host).put("primary", primary);
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(
                    hostId,
                    AgentAction.UNCONFIGURE_TARGET_HA,
                    Json.object().put("ha_label", haLabel).put("uuid", uuid).put("primary", primary));
        }
    }

    /** The opposite of {@link ConfigureTargetStoreStep}. */
    record UnconfigureTargetStoreStep(String target, long hostId, String host, String uuid) implements Step {

        @Override
        public String description() {
            return "Forget target %s on %s".formatted(target, host);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("target", target).put("host", host).put("uuid", uuid);
        }

        @Override
        public JsonNode run(StepScript script) {
            return script.call(
                    hostId, AgentAction.UNCONFIGURE_TARGET_STORE, Json.object().put("uuid", uuid));
        }
    }
}
