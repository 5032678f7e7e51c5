package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;

/** Takes a server out of its cluster; servers of one cluster do this one at a time (orchestration 4.4). */
record UnconfigureCorosyncStep(long corosyncId, long hostId, String host, String fqdn, Integer port) implements Step {

    @Override
    public String description() {
        return "Unconfigure Corosync on %s".formatted(host);
    }

    @Override
    public ObjectNode args() {
        return Json.object().put("host", host).put("mcast_port", port);
    }

    @Override
    public JsonNode run(StepScript script) {
        script.mutex("corosync-port-" + port);
        JsonNode result = script.call(
                hostId,
                AgentAction.UNCONFIGURE_COROSYNC2,
                Json.object().put("host_fqdn", fqdn).put("mcast_port", port));
        script.effect(tx -> tx.update("UPDATE corosync_configuration SET mcast_port = NULL WHERE id = $1", corosyncId));
        return result;
    }
}
