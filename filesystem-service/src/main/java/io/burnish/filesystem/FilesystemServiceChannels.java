package io.burnish.filesystem;

import io.burnish.filesystem.clientmount.SeenMounts;
import io.burnish.filesystem.copytool.CopytoolMonitorIntake;
import io.burnish.filesystem.usage.UsageIntake;
import io.burnish.kit.execution.JobExecution;
import io.burnish.kit.facts.Neighbours;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Where records from Kafka enter this service. */
@ApplicationScoped
class FilesystemServiceChannels {

    private final JobExecution jobs;
    private final Neighbours neighbours;
    private final UsageIntake usage;
    private final SeenMounts mounts;
    private final CopytoolMonitorIntake copytools;

    FilesystemServiceChannels(
            JobExecution jobs,
            Neighbours neighbours,
            UsageIntake usage,
            SeenMounts mounts,
            CopytoolMonitorIntake copytools) {
        this.jobs = jobs;
        this.neighbours = neighbours;
        this.usage = usage;
        this.mounts = mounts;
        this.copytools = copytools;
    }

    @Incoming("dispatch")
    Uni<Void> dispatches(ConsumerRecords<String, byte[]> records) {
        return jobs.consumeDispatches(records);
    }

    @Incoming("results")
    Uni<Void> results(ConsumerRecords<String, byte[]> records) {
        return jobs.consumeResults(records);
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }

    @Incoming("locks")
    Uni<Void> locks(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeLocks(records);
    }

    @Incoming("usage")
    Uni<Void> usage(ConsumerRecords<String, byte[]> records) {
        return usage.consume(records);
    }

    @Incoming("observations")
    Uni<Void> observations(ConsumerRecords<String, byte[]> records) {
        return mounts.consume(records);
    }

    @Incoming("copytool-events")
    Uni<Void> copytoolEvents(ConsumerRecords<String, byte[]> records) {
        return copytools.consume(records);
    }
}
