package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.sql.Tx;
import java.util.Map;

/**
 * Finds the rings, and founds a cluster or joins the one that runs on the same multicast port (orchestration 4.4). Servers of one port
 * do this one at a time.
 *
 * @param secret reference of the password of the cluster's user
 */
record AutoConfigureCorosyncStep(long corosyncId, long hostId, String host, String fqdn, String secret)
        implements Step {

    @Override
    public String description() {
        return "Configure Corosync on %s.".formatted(host);
    }

    @Override
    public ObjectNode args() {
        return Json.object().put("host", host);
    }

    @Override
    public JsonNode run(StepScript script) {
        JsonNode found = script.call(hostId, AgentAction.GET_COROSYNC_AUTOCONFIG, Json.object());
        String ring0 = ring(found, false);
        String ring1 = ring(found, true);
        int port = found.path("mcast_port").asInt();
        JsonNode second = found.path("interfaces").path(ring1);
        script.call(
                hostId,
                AgentAction.CONFIGURE_NETWORK,
                Json.object()
                        .put("ring0_name", ring0)
                        .put("ring1_name", ring1)
                        .put("ring1_ipaddr", second.path("ipaddr").asText())
                        .put("ring1_prefix", second.path("prefix").asInt()));
        script.mutex("corosync-port-" + port);
        JsonNode peer = script.note(tx -> peer(tx, port));
        long acting = peer.path("host").asLong(hostId);
        ObjectNode first = Json.object().put("mcast_port", port);
        first.putObject("pcs_password").put("$secret", secret);
        script.call(hostId, AgentAction.CONFIGURE_COROSYNC2_STAGE_1, first);
        ObjectNode join = Json.object()
                .put("ring0_name", ring0)
                .put("ring1_name", ring1)
                .put("new_node_fqdn", fqdn)
                .put("mcast_port", port)
                .put("create_cluster", acting == hostId);
        join.putObject("pcs_password").put("$secret", secret);
        script.call(acting, AgentAction.CONFIGURE_COROSYNC2_STAGE_2, join);
        script.effect(tx -> store(script, tx, port, ring0, ring1));
        return found;
    }

    private static String ring(JsonNode found, boolean dedicated) {
        for (Map.Entry<String, JsonNode> entry : found.path("interfaces").properties()) {
            if (entry.getValue().path("dedicated").asBoolean() == dedicated) {
                return entry.getKey();
            }
        }
        throw new StepFailure("The server named no interface for ring " + (dedicated ? 1 : 0) + ".");
    }

    /** A configured server of the same cluster acts for the new one; there is none yet: the new one founds it. */
    private JsonNode peer(Tx tx, int port) {
        ObjectNode json = Json.object();
        tx.first("""
                        SELECT c.host_id FROM corosync_configuration c JOIN host h ON h.id = c.host_id AND h.not_deleted
                        WHERE c.not_deleted AND c.mcast_port = $1 AND c.host_id <> $2
                            AND h.state IN ('managed', 'packages_installed') ORDER BY c.host_id LIMIT 1""", port, hostId).ifPresent(row -> json.put("host", row.getLong(0)));
        return json;
    }

    private void store(StepScript script, Tx tx, int port, String ring0, String ring1) {
        tx.update("""
                UPDATE corosync_configuration SET mcast_port = $2, network_interfaces =
                    (SELECT coalesce(array_agg(i.id ORDER BY i.id), '{}') FROM network_interface i
                    WHERE i.host_id = $3 AND i.name IN ($4, $5)) WHERE id = $1""", corosyncId, port, hostId, ring0, ring1);
        script.bean(ConfigurationStore.class)
                .changed(tx, new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, corosyncId), false);
    }
}
