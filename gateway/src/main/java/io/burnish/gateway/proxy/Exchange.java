package io.burnish.gateway.proxy;

import io.burnish.contracts.ServiceName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * A request on its way to a service.
 *
 * @param request paused; its body has not been read
 * @param token vouches for the caller; {@code null}: the gateway does not vouch for anybody
 * @param keyId of the API key that let the caller in; 0: none did
 * @param withBody whether the body goes along; not for callers without any right to send one
 * @param outcome learns how it ended
 */
public record Exchange(
        HttpServerRequest request, ServiceName owner, String token, long keyId, boolean withBody, Outcome outcome) {

    /** Whether the request only reads, so that it may be sent again. */
    boolean reads() {
        return reads(request.method());
    }

    /** Whether a method only reads. */
    public static boolean reads(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
    }

    /** Path and query for the service. Not the request target, which may be an absolute URL. */
    String uri() {
        String query = request.query();
        return query == null ? request.path() : request.path() + "?" + query;
    }
}
