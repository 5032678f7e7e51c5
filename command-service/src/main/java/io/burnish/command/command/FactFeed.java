package io.burnish.command.command;

import io.burnish.kit.facts.Neighbours;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps the projection of all objects that can be planned with. */
@ApplicationScoped
class FactFeed {

    private final Neighbours neighbours;

    FactFeed(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }
}
