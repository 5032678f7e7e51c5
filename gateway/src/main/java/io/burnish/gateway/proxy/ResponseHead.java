package io.burnish.gateway.proxy;

import io.burnish.contracts.ServiceName;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Set;

/** The headers of a forwarded response: all but those of the connection, internal ones, and cookies that are not the gateway's. */
final class ResponseHead {

    private static final String INTERNAL = "X-Burnish-";

    private ResponseHead() {}

    static void write(ServiceName owner, MultiMap in, MultiMap out) {
        Set<String> hop = HopByHop.of(in);
        for (Map.Entry<String, String> header : in) {
            String name = header.getKey();
            boolean internal = name.regionMatches(true, 0, INTERNAL, 0, INTERNAL.length());
            boolean foreignCookie = owner != ServiceName.GATEWAY && name.equalsIgnoreCase("Set-Cookie");
            if (!hop.contains(name) && !internal && !foreignCookie) {
                out.add(name, header.getValue());
            }
        }
    }
}
