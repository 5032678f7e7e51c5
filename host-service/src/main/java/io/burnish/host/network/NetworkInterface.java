package io.burnish.host.network;

import io.burnish.kit.api.ApiError;
import io.vertx.sqlclient.Row;

/**
 * An interface of a server, as far as setting its NID goes.
 *
 * @param lnetId 0: the server has no LNet configuration
 * @param watched the server is only watched: nothing on it is changed
 */
record NetworkInterface(
        long id,
        String name,
        String type,
        String address,
        String host,
        long lnetId,
        String lnetState,
        boolean watched) {

    static final String SELECT = """
            SELECT i.id, i.name, i.type, i.inet4_address, regexp_replace(h.fqdn, '\\.localdomain$', '') AS host, l.id AS lnet,
                l.state, h.immutable_state
            FROM network_interface i JOIN host h ON h.id = i.host_id AND h.not_deleted
            LEFT JOIN lnet_configuration l ON l.host_id = h.id AND l.not_deleted""";

    static NetworkInterface of(Row row) {
        Long lnet = row.getLong("lnet");
        return new NetworkInterface(
                row.getLong("id"),
                row.getString("name"),
                row.getString("type"),
                row.getString("inet4_address"),
                row.getString("host"),
                lnet == null ? 0 : lnet,
                row.getString("state"),
                row.getBoolean("immutable_state"));
    }

    /** Whether its NID may have that LND type. */
    boolean supports(String lndType) {
        return switch (type) {
            case "tcp" -> lndType.equals("tcp");
            case "o2ib" -> lndType.equals("tcp") || lndType.equals("o2ib");
            default -> false;
        };
    }

    /**
     * Nothing if LNet of the server can be configured.
     *
     * @throws ApiError 400 if it is only watched, or LNet was not set up yet
     */
    void requireConfigurable() {
        if (watched) {
            throw ApiError.field(
                    "network_interface", "%s is only monitored: its NIDs are not changed from here".formatted(host));
        }
        if (lnetId == 0 || "unconfigured".equals(lnetState)) {
            throw ApiError.field(
                    "network_interface", "LNet of %s is not configured: set up the server first".formatted(host));
        }
    }

    /**
     * Nothing if it has an address to make a NID of.
     *
     * @throws ApiError 400 otherwise
     */
    void requireAddress() {
        if (address.isEmpty()) {
            throw ApiError.field("network_interface", "Interface %s has no IPv4 address".formatted(this));
        }
    }

    /** Server and interface, as error messages name it. */
    @Override
    public String toString() {
        return host + "-" + name;
    }
}
