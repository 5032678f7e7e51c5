package io.burnish.gateway.proxy;

import io.vertx.core.MultiMap;

/** Learns how a request ended. */
@FunctionalInterface
public interface Outcome {

    /** Status by which the audit knows requests whose client went away before the answer. */
    int CLIENT_GONE = 499;

    /**
     * The answer is known. Only the first call counts.
     *
     * @param headers of the service's response; empty if the gateway answered
     */
    void answered(int status, MultiMap headers);
}
