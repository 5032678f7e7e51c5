package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.host.host.HostRemoval;
import io.burnish.host.report.LearnedReports;
import io.burnish.kit.execution.SessionDirectory;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import java.time.Duration;
import java.util.List;

/** What is done to servers themselves (orchestration 4.1). */
final class HostSteps {

    private static final Duration SESSION = Duration.ofSeconds(60);
    private static final Duration REBOOT = Duration.ofSeconds(300);

    private HostSteps() {}

    private static String epoch(StepScript script, long hostId) {
        return script.note(tx -> TextNode.valueOf(script.bean(SessionDirectory.class)
                        .current(tx, hostId)
                        .map(StepScript.Session::agentEpoch)
                        .orElse("")))
                .asText();
    }

    private static void awaitOther(StepScript script, long hostId, String epoch, Duration limit) {
        script.awaitSession(hostId, epoch.isEmpty() ? null : epoch, limit);
    }

    /** Starts the agent anew and waits until it is back. */
    static void restartAgent(StepScript script, long hostId) {
        String former = epoch(script, hostId);
        script.call(hostId, AgentAction.RESTART_AGENT, Json.object());
        awaitOther(script, hostId, former, SESSION);
    }

    /** Gives the agent its profile and starts it anew. */
    record SetHostProfileStep(long hostId, String host, ObjectNode profile) implements Step {

        @Override
        public String description() {
            return "Setting host profile on %s".formatted(host);
        }

        @Override
        public ObjectNode args() {
            return Json.object()
                    .put("host", host)
                    .put("profile", profile.path("name").asText());
        }

        @Override
        public JsonNode run(StepScript script) {
            ObjectNode args = Json.object();
            args.set("profile", profile);
            script.call(hostId, AgentAction.UPDATE_PROFILE, args);
            restartAgent(script, hostId);
            return null;
        }
    }

    /** Asks for everything that the agent sees; a plug-in that fails is only logged. */
    record LearnDevicesStep(long hostId, String host, List<String> plugins) implements Step {

        @Override
        public String description() {
            return "Learn the devices of %s".formatted(host);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            for (String plugin : plugins) {
                ActionOutcome outcome = script.outcome(
                        hostId, AgentAction.DEVICE_PLUGIN, Json.object().put("plugin", plugin));
                if (outcome instanceof ActionOutcome.Succeeded done) {
                    JsonNode body = done.result().path(plugin);
                    script.effect(tx -> script.bean(LearnedReports.class).apply(tx, hostId, plugin, body));
                } else {
                    script.log("Plug-in " + plugin + " of " + host + " gave nothing: " + outcome.why());
                }
            }
            return null;
        }
    }

    /** Restarts the server if another kernel than the running one is needed and there. */
    record RebootIfNeededStep(long hostId, String host) implements Step {

        @Override
        public String description() {
            return "Restart %s if it needs another kernel".formatted(host);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode kernel = script.call(hostId, AgentAction.KERNEL_STATUS, Json.object());
            if (!needsReboot(kernel)) {
                return null;
            }
            String former = epoch(script, hostId);
            script.call(hostId, AgentAction.REBOOT_SERVER, Json.object());
            awaitOther(script, hostId, former, REBOOT);
            JsonNode after = script.call(hostId, AgentAction.KERNEL_STATUS, Json.object());
            if (needsReboot(after)) {
                throw new StepFailure("%s runs kernel %s after a restart, but needs %s. Check its boot loader."
                        .formatted(
                                host,
                                after.path("running").asText(),
                                after.path("required").asText()));
            }
            return after;
        }

        private static boolean needsReboot(JsonNode kernel) {
            String required = kernel.path("required").asText("");
            if (required.isEmpty()
                    || kernel.path("required").isNull()
                    || required.equals(kernel.path("running").asText())) {
                return false;
            }
            for (JsonNode available : kernel.path("available")) {
                if (available.asText().equals(required)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Cuts the server off and forgets everything that belongs to it. */
    record DeleteHostStep(long hostId, String host) implements Step {

        @Override
        public String description() {
            return "Remove server %s from the configuration".formatted(host);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            script.effect(tx -> script.bean(HostRemoval.class).remove(tx, hostId));
            return null;
        }
    }
}
