package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.execution.SessionDirectory;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import java.time.Duration;

/**
 * Installs the agent over SSH and waits for it to connect (orchestration 4.1).
 *
 * @param commandId the command that the registering server is told
 * @param contactSeconds how long the agent may take to connect
 */
record DeployStep(long hostId, String address, String profile, Long commandId, long contactSeconds) implements Step {

    @Override
    public String description() {
        return "Deploy agent to " + address;
    }

    @Override
    public ObjectNode args() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("host_id", hostId)
                .put("address", address)
                .put("profile_name", profile);
    }

    @Override
    public JsonNode run(StepScript script) {
        // an agent of an earlier attempt may be connected: it is not the one that is waited for
        String former = script.note(tx -> TextNode.valueOf(script.bean(SessionDirectory.class)
                        .current(tx, hostId)
                        .map(StepScript.Session::agentEpoch)
                        .orElse("")))
                .asText();
        JsonNode result = script.activity(AgentDeployment.NAME, args().put("command_id", commandId));
        script.log(result.path("stderr").asText());
        try {
            script.awaitSession(hostId, former.isEmpty() ? null : former, Duration.ofSeconds(contactSeconds));
        } catch (StepFailure e) {
            throw new StepFailure(
                    Reason.Code.HOST_UNREACHABLE,
                    ("The agent was installed on %s but did not connect to the manager within %d s. Check on the server with"
                                    + " 'systemctl status chroma-agent' and 'journalctl -u chroma-agent', and that it reaches the"
                                    + " hub's port.")
                            .formatted(address, contactSeconds),
                    e.detail());
        }
        return null;
    }
}
