package io.burnish.host.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Server profiles in the database. */
@ApplicationScoped
public class ServerProfiles {

    private static final String FIND = "SELECT * FROM server_profile WHERE name = $1";

    /** What planning needs of a profile. */
    public Optional<ServerProfile> find(Tx tx, String name) {
        return tx.first(FIND, name)
                .map(row -> new ServerProfile(
                        row.getString("name"),
                        row.getString("ui_name"),
                        row.getBoolean("managed"),
                        row.getBoolean("worker"),
                        row.getString("initial_state"),
                        row.getBoolean("corosync"),
                        row.getBoolean("corosync2"),
                        row.getBoolean("pacemaker"),
                        row.getBoolean("ntp")));
    }

    /** The profile as agents get it (agent contract, 8.1). */
    public Optional<ObjectNode> forAgents(Tx tx, String name) {
        return tx.first(FIND, name).map(ServerProfiles::document);
    }

    static ObjectNode document(Row row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String text : List.of("name", "ui_name", "ui_description", "initial_state")) {
            json.put(text, row.getString(text));
        }
        for (String flag :
                List.of("managed", "worker", "user_selectable", "ntp", "corosync", "corosync2", "pacemaker")) {
            json.put(flag, row.getBoolean(flag));
        }
        json.put("default", row.getBoolean("preselected"));
        for (String list : List.of("bundles", "packages")) {
            for (String element : row.getArrayOfStrings(list)) {
                json.withArray("/" + list).add(element);
            }
        }
        return json;
    }
}
