package io.burnish.gateway.proxy;

import io.vertx.core.MultiMap;
import java.util.Set;
import java.util.TreeSet;

/** Headers that belong to one connection and do not pass (RFC 9110, 7.6.1). */
final class HopByHop {

    private static final Set<String> NAMES = caseInsensitive(
            "Connection",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private HopByHop() {}

    /** The names in force for a message: the standard ones, and those that its Connection header lists. */
    static Set<String> of(MultiMap headers) {
        String connection = headers.get("Connection");
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return NAMES;
        }
        Set<String> names = new TreeSet<>(NAMES);
        for (String listed : headers.getAll("Connection")) {
            for (String name : listed.split(",")) {
                names.add(name.strip());
            }
        }
        return names;
    }

    static Set<String> caseInsensitive(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }
}
