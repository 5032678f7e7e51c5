package io.burnish.host.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.Nid;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;

/**
 * Arguments of the job that writes the NIDs of a server, and what the agent gets for them (orchestration 4.3; agent contract, 7.3).
 * Interfaces that are not mentioned keep their NID.
 */
public final class NidEdits {

    /** The class of the job. */
    public static final String JOB = "ConfigureLNetJob";

    private static final String UPDATES = "nid_updates";
    private static final String DELETES = "nid_deletes";

    private NidEdits() {}

    static ObjectNode of(long lnetId) {
        ObjectNode args = JsonNodeFactory.instance.objectNode().put("lnet_configuration_id", lnetId);
        args.putObject(UPDATES);
        args.putArray(DELETES);
        return args;
    }

    static void add(ObjectNode args, NidChange change) {
        if (change.removal()) {
            args.withArray("/" + DELETES).add(change.interfaceId());
        } else {
            args.withObject("/" + UPDATES)
                    .putObject(Long.toString(change.interfaceId()))
                    .put("lnd_network", change.lndNetwork())
                    .put("lnd_type", change.lndType());
        }
    }

    /**
     * What LNet of a server shall be: its present NIDs with the edits applied, in the order of the interfaces.
     *
     * @param args of the job
     */
    public static ObjectNode configuration(Tx tx, long hostId, ObjectNode args) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode().put("state", "lnet_unloaded");
        var entries = configuration.putArray("modprobe_entries");
        var interfaces = configuration.putArray("network_interfaces");
        for (Row row : tx.query("""
                SELECT i.id, i.name, i.inet4_address, n.lnd_type, n.lnd_network FROM network_interface i
                LEFT JOIN nid n ON n.network_interface_id = i.id WHERE i.host_id = $1 ORDER BY i.id""", hostId)) {
            Nid nid = edited(row, args);
            if (nid != null) {
                // what follows the at sign is not part of the kernel's name
                entries.add("%s%d(%s)"
                        .formatted(
                                nid.lndType(),
                                nid.lndNetwork(),
                                row.getString(1).split("@")[0]));
                interfaces.addArray().add(nid.address()).add(nid.lndType()).add(nid.lndNetwork());
            }
        }
        return configuration;
    }

    private static Nid edited(Row row, ObjectNode args) {
        long id = row.getLong(0);
        String address = row.getString(2);
        JsonNode update = args.path(UPDATES).path(Long.toString(id));
        if (update.isObject()) {
            return new Nid(
                    address,
                    update.path("lnd_type").asText(),
                    update.path("lnd_network").asInt());
        }
        for (JsonNode removed : args.path(DELETES)) {
            if (removed.asLong() == id) {
                return null;
            }
        }
        return row.getString(3) == null ? null : new Nid(address, row.getString(3), row.getInteger(4));
    }
}
