package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;

/**
 * Gives a server's Corosync, which is stopped, another multicast port (orchestration 4.4).
 *
 * @param former {@code null}: none was known
 */
record ChangeMulticastPortStep(long corosyncId, long hostId, String host, Integer former, int port) implements Step {

    @Override
    public String description() {
        return "Change the multicast port of Corosync on %s to %d".formatted(host, port);
    }

    @Override
    public ObjectNode args() {
        return Json.object().put("host", host).put("old_mcast_port", former).put("new_mcast_port", port);
    }

    @Override
    public JsonNode run(StepScript script) {
        JsonNode result = script.call(
                hostId,
                AgentAction.CHANGE_MCAST_PORT,
                Json.object().put("old_mcast_port", former).put("new_mcast_port", port));
        script.effect(tx -> {
            tx.update("UPDATE corosync_configuration SET mcast_port = $2 WHERE id = $1", corosyncId, port);
            script.bean(ConfigurationStore.class)
                    .changed(tx, new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, corosyncId), false);
        });
        return result;
    }
}
