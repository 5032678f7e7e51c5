package io.burnish.host.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A server that a step asks, with the name that people know. */
record NamedHost(long id, String label) {

    /** Arguments of a step that asks several servers, as shown to users: their names. */
    static ObjectNode args(List<NamedHost> hosts) {
        ObjectNode args = Json.object();
        hosts.forEach(host -> args.withArray("/hosts").add(host.label()));
        return args;
    }
}
