package io.burnish.host.ha;

import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What servers report as their peers. */
public final class PeerLinks {

    private PeerLinks() {}

    /** Of all servers. */
    public static HaClusters clusters(Tx tx) {
        Map<Long, Set<Long>> peers = new HashMap<>();
        for (Row row : tx.query("SELECT id, peers FROM host WHERE not_deleted AND NOT provisional")) {
            peers.put(row.getLong(0), new HashSet<>(Arrays.asList(row.getArrayOfLongs(1))));
        }
        return HaClusters.of(peers);
    }
}
