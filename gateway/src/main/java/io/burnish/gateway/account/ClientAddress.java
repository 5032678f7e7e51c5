package io.burnish.gateway.account;

import io.vertx.core.http.HttpServerRequest;

/** The address of the client of one of the gateway's own resources, as the door noted it. */
public final class ClientAddress {

    /** Header that the door sets; what a client sends under this name never passes. */
    public static final String HEADER = "X-Forwarded-For";

    private ClientAddress() {}

    /** The address; {@code unknown} for requests that did not come through the door. */
    public static String of(HttpServerRequest request) {
        String address = request.getHeader(HEADER);
        return address == null ? "unknown" : address;
    }
}
