package io.burnish.simulator.server;

/** A virtual server has no power, or lost it while a command ran: the command ended without a result. */
public final class ServerDownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the server. */
    public ServerDownException(String fqdn) {
        super("the virtual server " + fqdn + " is powered off");
    }
}
