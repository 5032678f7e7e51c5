package io.burnish.metrics.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.security.Tokens;
import io.burnish.metrics.Lab;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The other services learn what a file system holds, once per change. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class UsageNewsTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    @Inject
    UsageNews news;

    @Test
    void figuresOfAFilesystemArePublishedWhenTheyChange() {
        try (Lab lab = new Lab(kafka, tokens);
                Bus bus = new Bus(kafka, List.of(Topics.USAGE))) {
            String key = ObjectRef.filesystem(lab.a).toString();
            Instant at = Instant.now().minusSeconds(60);
            lab.spaceOfOsts(at, 1000, 400);
            lab.awaitAll(lab.b);
            news.publish(Instant.now());
            FilesystemUsage first = bus.await(
                            Topics.USAGE, message -> message.key().equals(key))
                    .as(FilesystemUsage.class);
            assertThat(first.bytesTotal()).isEqualTo(2000.0 * 1024);
            assertThat(first.bytesFree()).isEqualTo(800.0 * 1024);
            assertThat(first.filesTotal()).as("no MDT has reported").isNull();
            assertThat(first.clientCount()).isNull();

            news.publish(Instant.now());
            news.publish(Instant.now());
            lab.clients(at.plusSeconds(10), 7);
            lab.awaitAll(lab.a);
            news.publish(Instant.now());
            FilesystemUsage second = bus.await(
                            Topics.USAGE, message -> message.key().equals(key))
                    .as(FilesystemUsage.class);
            assertThat(second.clientCount()).as("nothing was said in between").isEqualTo(7.0);
            assertThat(second.version()).isGreaterThan(first.version());
            assertThat(second.bytesFree()).isEqualTo(first.bytesFree());
        }
    }
}
