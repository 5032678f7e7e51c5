package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.CommandWatch;
import io.burnish.standalone.install.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restart of everything in the middle of work, after which every service reads every topic again from its beginning. */
class RestartTest {

    private static final String NAME = "againfs";
    /** New consumer groups, which have read nothing yet. */
    private static final String SUFFIX = ".again";

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.removeFilesystems();
    }

    @Test
    void whatHadEndedIsAsItWasAndWhatWasUnderWayEndsWellAfterARestartThatReadsAllTopicsAgain() throws Exception {
        JsonNode command = lab.createFilesystem(NAME).path("command");
        long id = command.path("id").asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> new CommandWatch(lab.client()).progress(id).done() >= 4);
        Map<String, String> ended = ended();
        List<ProcessHandle> before = List.copyOf(lab.suite().processes().values());

        lab.restart("BURNISH_KAFKA_GROUP_SUFFIX", SUFFIX);

        assertThat(before).as("processes of the former run").noneMatch(ProcessHandle::isAlive);
        lab.succeed(command);
        assertThat(lab.only("/api/filesystem/?name=" + NAME).path("state").asText())
                .isEqualTo("available");
        assertThat(lab.objects("/api/host/?limit=0")).hasSize(4);
        await().atMost(Duration.ofMinutes(2)).until(this::everythingIsRead);
        Map<String, String> endedNow = ended();
        ended.forEach((uri, object) -> assertThat(endedNow.get(uri)).as(uri).isEqualTo(object));
    }

    /** Everything that cannot change any more, as the API shows it, by URI. */
    private Map<String, String> ended() {
        Map<String, String> objects = new TreeMap<>();
        for (String list : List.of(
                "/api/command/?complete=true&limit=0",
                "/api/job/?state=complete&limit=0",
                "/api/alert/?active=false&limit=0")) {
            lab.objects(list)
                    .forEach(object -> objects.put(object.path("resource_uri").asText(), object.toString()));
        }
        lab.objects("/api/step/?limit=0").stream()
                .filter(step -> !step.path("state").asText().equals("incomplete"))
                .forEach(step -> objects.put(step.path("resource_uri").asText(), step.toString()));
        return objects;
    }

    /** Whether the new groups have read whatever the former ones had. */
    private boolean everythingIsRead() throws ExecutionException, InterruptedException {
        try (Admin kafka = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, lab.suite().kafka()))) {
            for (String service : Installation.services()) {
                Map<TopicPartition, OffsetAndMetadata> now = offsets(kafka, service + SUFFIX);
                for (Map.Entry<TopicPartition, OffsetAndMetadata> former :
                        offsets(kafka, service).entrySet()) {
                    OffsetAndMetadata read = now.get(former.getKey());
                    if (read == null || read.offset() < former.getValue().offset()) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin kafka, String group)
            throws ExecutionException, InterruptedException {
        return kafka.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }
}
