package io.burnish.host.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.CopytoolEvents;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /agent/copytool_event/} at the hub: what the monitor of a copytool has read of it (agent contract, 13.2). The answer says that
 * the events are stored; their owner, who knows the copytools, gets them in the order in which they were taken.
 */
@ApplicationScoped
class CopytoolEventsEndpoint implements CertifiedEndpoint {

    private static final Answer MALFORMED = new Answer(
            400, "{\"__all__\": [\"Give copytool (an id), monitor, first (a number from 1) and events (objects)\"]}");
    private static final Answer TAKEN = new Answer(200, "{\"active_operations\": {}}");

    private final Database database;

    CopytoolEventsEndpoint(Database database) {
        this.database = database;
    }

    @Override
    public String path() {
        return "/agent/copytool_event/";
    }

    @Override
    public Answer handle(long hostId, byte[] body) {
        Optional<CopytoolEvents> batch = read(hostId, body);
        batch.ifPresent(events -> database.run(tx -> tx.publish(Outgoing.of(
                Topics.COPYTOOL_EVENTS, new ObjectRef(ObjectType.COPYTOOL, events.copytoolId()).toString(), events))));
        return batch.isPresent() ? TAKEN : MALFORMED;
    }

    /** The server is the one of the certificate, whatever the body says. */
    static Optional<CopytoolEvents> read(long hostId, byte[] body) {
        JsonNode sent;
        try {
            sent = ContractJson.read(body, JsonNode.class);
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
        List<ObjectNode> events = new ArrayList<>();
        for (JsonNode event : sent.path("events")) {
            if (!(event instanceof ObjectNode object)) {
                return Optional.empty();
            }
            events.add(object);
        }
        String copytool = sent.path("copytool").asText();
        long first = sent.path("first").asLong();
        boolean complete = copytool.matches("\\d{1,18}")
                && sent.path("monitor").isTextual()
                && first > 0
                && sent.path("events").isArray();
        return complete
                ? Optional.of(new CopytoolEvents(
                        hostId,
                        Long.parseLong(copytool),
                        sent.path("run").asText(null),
                        sent.path("monitor").asText(),
                        first,
                        events))
                : Optional.empty();
    }
}
