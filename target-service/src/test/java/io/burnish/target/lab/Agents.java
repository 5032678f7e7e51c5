package io.burnish.target.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import java.util.List;

/** Agents that answer as the agent contract says (9.1 to 9.8). */
public final class Agents {

    private Agents() {}

    /** Agents on whose servers everything works; the cluster starts targets on that node. */
    public static JobLab.Agent obedient(String target, String node) {
        return action -> succeeded(
                switch (action.action()) {
                    case "format_target" ->
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("uuid", "uuid-of-" + target)
                                .put(
                                        "filesystem_type",
                                        action.args().get("backfstype").asText().equals("zfs") ? "zfs" : "ext4")
                                .put("inode_size", 512)
                                .put("inode_count", 327680);
                    case "register_target" ->
                        JsonNodeFactory.instance.objectNode().put("label", target);
                    case "start_target" -> TextNode.valueOf(node);
                    default -> null;
                });
    }

    /** As another one, but an action of that name ends like this. */
    public static JobLab.Agent but(JobLab.Agent agent, String name, ActionOutcome outcome) {
        return action -> action.action().equals(name) ? outcome : agent.run(action);
    }

    /** As another one, but for one server. */
    public static JobLab.Agent on(long host, JobLab.Agent there, JobLab.Agent elsewhere) {
        return action -> action.hostId() == host ? there.run(action) : elsewhere.run(action);
    }

    /** Success with a value. */
    public static ActionOutcome succeeded(JsonNode value) {
        return new ActionOutcome.Succeeded(value, List.of());
    }

    /** Failure with the agent's words. */
    public static ActionOutcome failed(String error) {
        return new ActionOutcome.Failed(error, "trace of " + error, List.of());
    }

    /** No server there. */
    public static ActionOutcome unreachable(String host) {
        return new ActionOutcome.Unreachable("Could not contact server " + host);
    }

    /** Nobody answers. */
    public static ActionOutcome silent(ActionCommand.Run action) {
        return null;
    }
}
