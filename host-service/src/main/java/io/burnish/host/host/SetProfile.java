package io.burnish.host.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What {@code SetHostProfileJob} is told.
 *
 * @param profile name of the profile; {@code null}: the present one again
 * @param next where the server shall go when it has the profile; {@code null}: nowhere
 */
public record SetProfile(long hostId, String profile, Next next) {

    /** Class of the job. */
    public static final String JOB = "SetHostProfileJob";

    private static final String PROFILE = "server_profile";
    private static final String NEXT = "next";

    /** A state, and who wants it. */
    public record Next(String state, String actor) {}

    /** As arguments of the job. */
    public ObjectNode args() {
        ObjectNode args = JsonNodeFactory.instance.objectNode().put("host_id", hostId);
        if (profile != null) {
            args.put(PROFILE, profile);
        }
        if (next != null) {
            args.putObject(NEXT).put("state", next.state()).put("actor", next.actor());
        }
        return args;
    }

    /** Reads arguments of a job; whoever asks for the job by its class alone gives none but the server. */
    public static SetProfile of(long hostId, ObjectNode args) {
        return new SetProfile(
                hostId,
                args.path(PROFILE).asText(null),
                Optional.of(args.path(NEXT))
                        .filter(JsonNode::isObject)
                        .map(next -> new Next(
                                next.path("state").asText(), next.path("actor").asText()))
                        .orElse(null));
    }
}
