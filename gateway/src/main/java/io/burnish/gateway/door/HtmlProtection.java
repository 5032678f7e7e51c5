package io.burnish.gateway.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** Headers that tell browsers what our pages never do. */
final class HtmlProtection {

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private HtmlProtection() {}

    static void apply(HttpServerRequest request, MultiMap headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        HostAndPort host = request.authority();
        // the rule is for a host, whatever the port: on localhost it would break other programs' pages
        if (host != null && !host.host().equals("localhost")) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
