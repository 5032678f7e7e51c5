package io.burnish.lifecycle.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * A job about one object in one world.
 *
 * @param fact the object; {@code null} for jobs that concern none in particular
 * @param args as given when the job was asked for by class; empty for transitions
 */
public record JobCase(World world, StatefulFact fact, ObjectNode args) {

    /** A job without arguments. */
    public static JobCase of(World world, StatefulFact fact) {
        return new JobCase(world, fact, JsonNodeFactory.instance.objectNode());
    }

    /** The object as a server. */
    public HostFact host() {
        return (HostFact) fact;
    }

    /** The object as a target. */
    public TargetFact target() {
        return (TargetFact) fact;
    }

    /** Servers named by {@code host_ids}; all that can run jobs if it is absent or empty (orchestration 15.2, 42). */
    public List<HostFact> hosts() {
        List<HostFact> hosts = new ArrayList<>();
        for (JsonNode id : args.path("host_ids")) {
            world.host(id.asLong()).ifPresent(hosts::add);
        }
        if (args.path("host_ids").isEmpty()) {
            world.known(ObjectType.HOST).forEach(ref -> world.host(ref.id())
                    .filter(host -> !host.state().equals("undeployed"))
                    .ifPresent(hosts::add));
        }
        return hosts;
    }
}
