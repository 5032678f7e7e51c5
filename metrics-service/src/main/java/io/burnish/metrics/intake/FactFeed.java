package io.burnish.metrics.intake;

import io.burnish.kit.facts.Neighbours;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Follows servers, targets and file systems: whose samples are kept, and which objects a query selects. */
@ApplicationScoped
public class FactFeed {

    private final Neighbours neighbours;

    FactFeed(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }
}
