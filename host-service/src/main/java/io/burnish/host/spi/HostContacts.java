package io.burnish.host.spi;

import io.burnish.kit.sql.Tx;
import java.time.Instant;

/**
 * Learns from the hub which servers can be talked to. Implemented by the feature that owns servers; called in the transaction in
 * which the hub notes the change, so the server's fact is as true as the hub's knowledge.
 */
public interface HostContacts {

    /**
     * Contact with a server's agent came (its first session, or the first after a loss) or was lost (nothing heard for the contact
     * timeout). Called once per change.
     */
    void contactChanged(Tx tx, long hostId, boolean inContact);

    /**
     * A server has connected after another boot than the one known before; also at its first connection.
     *
     * @param bootId another after each boot
     * @param bootTime by the server's clock
     */
    void booted(Tx tx, long hostId, String bootId, Instant bootTime);
}
