package io.burnish.host;

import io.burnish.host.hub.ActionIntake;
import io.burnish.kit.execution.JobExecution;
import io.burnish.kit.facts.Neighbours;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Where records from Kafka enter this service. */
@ApplicationScoped
class HostServiceChannels {

    private final JobExecution jobs;
    private final Neighbours neighbours;
    private final ActionIntake actions;

    HostServiceChannels(JobExecution jobs, Neighbours neighbours, ActionIntake actions) {
        this.jobs = jobs;
        this.neighbours = neighbours;
        this.actions = actions;
    }

    @Incoming("dispatch")
    Uni<Void> dispatches(ConsumerRecords<String, byte[]> records) {
        return jobs.consumeDispatches(records);
    }

    @Incoming("results")
    Uni<Void> results(ConsumerRecords<String, byte[]> records) {
        return jobs.consumeResults(records);
    }

    @Incoming("actions")
    Uni<Void> actions(ConsumerRecords<String, byte[]> records) {
        return actions.consume(records);
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }

    @Incoming("locks")
    Uni<Void> locks(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeLocks(records);
    }
}
