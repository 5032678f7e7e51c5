package io.burnish.testsupport;

import io.burnish.platform.postgres.PostgresAddress;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Gives a {@code @QuarkusTest} a database of the JVM's PostgreSQL, the JVM's Kafka with Burnish's topics, and a key directory:
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(PlatformTestResource.class)
 * class HostListTest { … }
 * }</pre>
 *
 * <p>The database has the name of the module's directory unless {@code @ResourceArg(name = "database", value = "other")} says otherwise;
 * its tables stay between test profiles of one JVM. Nothing of the data survives the JVM.
 */
public class PlatformTestResource implements QuarkusTestResourceLifecycleManager {

    private String database;

    @Override
    public void init(Map<String, String> arguments) {
        String module = Path.of("").toAbsolutePath().getFileName().toString();
        database = arguments.getOrDefault("database", module);
    }

    @Override
    public Map<String, String> start() {
        CompletableFuture<String> kafka = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                kafka.complete(TestPlatform.kafka());
            } catch (RuntimeException e) {
                kafka.completeExceptionally(e);
            }
        });
        PostgresAddress postgres = TestPlatform.database(database);
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.datasource.username", postgres.user());
        config.put("quarkus.datasource.password", postgres.password());
        config.put("quarkus.datasource.reactive.url", postgres.reactiveUrl(database));
        config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl(database));
        config.put("burnish.pki.dir", TestPlatform.directory().resolve("pki").toString());
        config.put("kafka.bootstrap.servers", kafka.join());
        return config;
    }

    /** The platform belongs to the JVM, not to one application in it. */
    @Override
    public void stop() {}
}
