package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.CommandWatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything ended and started again on the same data is where it was, unfinished commands included. */
class RestartTest {

    private static final String NAME = "againfs";

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.removeFilesystems();
    }

    @Test
    void creationThatWasUnderWayEndsWellAfterARestartOfEverything() throws Exception {
        JsonNode command = lab.createFilesystem(NAME).path("command");
        long id = command.path("id").asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> new CommandWatch(lab.client()).progress(id).done() >= 4);
        List<ProcessHandle> before = List.copyOf(lab.suite().processes().values());

        lab.restart();

        assertThat(before).as("processes of the former run").noneMatch(ProcessHandle::isAlive);
        lab.succeed(command);
        assertThat(lab.only("/api/filesystem/?name=" + NAME).path("state").asText())
                .isEqualTo("available");
        assertThat(lab.objects("/api/host/?limit=0")).hasSize(4);
    }
}
