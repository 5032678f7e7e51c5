package io.burnish.gateway.account;

import io.burnish.kit.facts.Neighbours;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Where the alert service's subscriptions enter, which are shown with their users. */
@ApplicationScoped
class SubscriptionFeed {

    private final Neighbours neighbours;

    SubscriptionFeed(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }
}
