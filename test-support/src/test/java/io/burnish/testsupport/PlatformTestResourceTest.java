package io.burnish.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.burnish.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class PlatformTestResourceTest {

    @Inject
    Pool pool;

    @Inject
    AgroalDataSource dataSource;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void theReactiveClientAndJdbcUseTheModulesOwnDatabase() throws Exception {
        String reactive = pool.query("SELECT current_database()::text")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
        assertThat(reactive).isEqualTo("test-support");

        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT current_database()")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("test-support");
        }
    }

    @Test
    void kafkaHasBurnishsTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            assertThat(admin.listTopics().names().get()).contains(Topics.JOB_EVENTS, Topics.LOCKS);
        }
    }

    @Test
    void whoeverAsksLaterGetsTheSamePlatform() {
        assertThat(TestPlatform.kafka()).isEqualTo(bootstrapServers);
        assertThat(TestPlatform.postgres()).isEqualTo(TestPlatform.database("another"));
    }
}
