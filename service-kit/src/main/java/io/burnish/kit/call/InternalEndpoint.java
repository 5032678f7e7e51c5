package io.burnish.kit.call;

import io.vertx.core.http.HttpMethod;

/** An internal operation of a service: a bean. Only other services can call it; the gateway does not route to it. */
public interface InternalEndpoint {

    /** HTTP method. */
    HttpMethod method();

    /** Path below {@code /internal/}, with {@code :name} for parameters. */
    String path();

    /** Does the work on a virtual thread; {@code null} gives 204. Throw {@link Refused} to refuse. */
    Object handle(InternalCall call);
}
