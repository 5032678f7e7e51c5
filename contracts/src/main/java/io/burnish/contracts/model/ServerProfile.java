package io.burnish.contracts.model;

/**
 * What planning needs of a server profile (API contract, {@code server_profile}).
 *
 * @param managed the manager configures the server; false: it only watches
 * @param worker a client or mover node, not a Lustre server
 * @param initialState host state to reach when a server is added
 * @param corosync2 the pcs generation of Corosync; excludes {@code corosync}
 */
public record ServerProfile(
        String name,
        String uiName,
        boolean managed,
        boolean worker,
        String initialState,
        boolean corosync,
        boolean corosync2,
        boolean pacemaker,
        boolean ntp) {

    /** Whether servers of this profile take part in a Corosync cluster. */
    public boolean clustered() {
        return corosync || corosync2;
    }
}
