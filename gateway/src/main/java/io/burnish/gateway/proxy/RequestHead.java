package io.burnish.gateway.proxy;

import io.burnish.contracts.ServiceName;
import io.burnish.gateway.account.ClientAddress;
import io.burnish.gateway.apikey.PresentedKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Map;
import java.util.Set;

/**
 * The headers of a forwarded request. Only those in a list pass, so that nothing a client invents can be mistaken for something the
 * gateway says. Cookies are for the gateway's own resources alone: no other service ever sees a session key.
 */
final class RequestHead {

    private static final Set<String> PASS = HopByHop.caseInsensitive(
            "Accept",
            "Accept-Language",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-Modified-Since",
            "If-None-Match",
            "If-Unmodified-Since",
            "Last-Event-ID",
            "Prefer",
            "Range",
            "traceparent",
            "tracestate",
            "User-Agent",
            "X-Requested-With");

    private RequestHead() {}

    static void write(Exchange exchange, MultiMap out) {
        HttpServerRequest request = exchange.request();
        MultiMap in = request.headers();
        Set<String> hop = HopByHop.of(in);
        boolean own = exchange.owner() == ServiceName.GATEWAY;
        for (Map.Entry<String, String> header : in) {
            String name = header.getKey();
            boolean passes = PASS.contains(name) || own && name.equalsIgnoreCase("Cookie");
            if (passes && !hop.contains(name)) {
                out.add(name, header.getValue());
            }
        }
        if (!exchange.withBody()) {
            out.remove(HttpHeaders.CONTENT_LENGTH);
            out.remove(HttpHeaders.CONTENT_TYPE);
        }
        if (exchange.token() != null) {
            out.set(HttpHeaders.AUTHORIZATION, "Bearer " + exchange.token());
        }
        if (own && exchange.keyId() != 0) {
            out.set(PresentedKey.HEADER, Long.toString(exchange.keyId()));
        }
        out.set(ClientAddress.HEADER, request.remoteAddress().hostAddress());
        out.set("X-Forwarded-Proto", "https");
        HostAndPort host = request.authority();
        if (host != null) {
            out.set("X-Forwarded-Host", host.toString());
        }
    }
}
