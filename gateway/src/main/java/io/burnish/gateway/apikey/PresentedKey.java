package io.burnish.gateway.apikey;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The key by which the caller of one of the gateway's own resources was let in, as the door noted it. */
public final class PresentedKey {

    /** Header that the door sets; what a client sends under this name never passes. */
    public static final String HEADER = "X-Burnish-Key";

    private PresentedKey() {}

    /** Id of the key; empty if the caller has a session. */
    static Optional<Long> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER)).map(Long::valueOf);
    }
}
