package io.burnish.target;

import io.burnish.kit.execution.JobExecution;
import io.burnish.kit.facts.Neighbours;
import io.burnish.target.observation.ObservationIntake;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Where records from Kafka enter this service. */
@ApplicationScoped
class TargetServiceChannels {

    private final JobExecution jobs;
    private final Neighbours neighbours;
    private final ObservationIntake observations;

    TargetServiceChannels(JobExecution jobs, Neighbours neighbours, ObservationIntake observations) {
        this.jobs = jobs;
        this.neighbours = neighbours;
        this.observations = observations;
    }

    @Incoming("dispatch")
    Uni<Void> dispatches(ConsumerRecords<String, byte[]> records) {
        return jobs.consumeDispatches(records);
    }

    @Incoming("results")
    Uni<Void> results(ConsumerRecords<String, byte[]> records) {
        return jobs.consumeResults(records);
    }

    @Incoming("observations")
    Uni<Void> observations(ConsumerRecords<String, byte[]> records) {
        return observations.consume(records);
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
