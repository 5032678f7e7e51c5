package io.burnish.host.spi;

import io.burnish.kit.sql.Tx;
import java.util.List;

/** What other features of this service may ask of the hub. */
public interface HubAdministration {

    /**
     * Cuts a server off for good, with the transaction: its certificates are revoked, its session is closed, actions that it has
     * not got end as unreachable and those that it has got as failed.
     */
    void removeHost(Tx tx, long hostId);

    /**
     * Asks a server's agent for complete reports once the transaction is committed; nothing happens if it is not connected, for
     * every new session begins with complete reports.
     *
     * @param plugins names of plug-ins; empty: all
     */
    void requestReports(Tx tx, long hostId, List<String> plugins);
}
