package io.burnish.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.AlertSubscriptionFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.UserFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the other services learn of accounts, and what accounts show of theirs. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(Neighbour.class)
class AccountFactsTest {

    private static final String USERS = Topics.facts(ObjectType.USER);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void othersAreToldOfUsers() {
        try (Bus bus = new Bus(kafka, List.of(USERS))) {
            String uri = create("olga");
            long id = id(uri);
            assertThat(told(bus, id, 1)).isEqualTo(new UserFact(id, 1, "olga", "olga@lab.example", true));

            Visitor.admin().body("""
                            {"id": %d, "username": "olga", "email": "ops@lab.example", "groups": []}""".formatted(id)).put(uri).then().statusCode(200);
            assertThat(told(bus, id, 2)).isEqualTo(new UserFact(id, 2, "olga", "ops@lab.example", true));

            Visitor.admin().delete(uri).then().statusCode(204);
            bus.await(USERS, message -> message.key().equals("user:" + id) && message.value() == null);
        }
    }

    @Test
    void usersShowTheirSubscriptions() {
        String uri = create("boris");
        try (Bus bus = new Bus(kafka, List.of())) {
            bus.publish(new FactMessage(
                    new AlertSubscriptionFact(5, 1, id(uri), 80),
                    JsonNodeFactory.instance.objectNode().put("id", 5).put("user", uri)));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        Visitor.admin().get(uri).then().statusCode(200).body("alert_subscriptions.id", contains(5)));
    }

    private static String create(String name) {
        return Visitor.admin()
                .body("""
                        {"username": "%1$s", "password1": "lustre", "password2": "lustre", "email": "%1$s@lab.example"}""".formatted(name))
                .post("/api/user/")
                .then()
                .statusCode(201)
                .extract()
                .path("resource_uri");
    }

    private static long id(String uri) {
        return Long.parseLong(uri.replaceAll("\\D", ""));
    }

    private static Fact told(Bus bus, long id, long version) {
        return bus.await(
                        USERS,
                        message -> message.key().equals("user:" + id)
                                && message.value() != null
                                && message.as(FactMessage.class).fact().version() == version)
                .as(FactMessage.class)
                .fact();
    }
}
