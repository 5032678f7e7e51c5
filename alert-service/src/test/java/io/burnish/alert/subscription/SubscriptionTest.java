package io.burnish.alert.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.alert.MailServer;
import io.burnish.alert.Scene;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.AlertSubscriptionFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Tokens;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /api/alert_subscription/} (API contract, core 2.6): answers, rights, and what others are told. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(MailServer.class)
class SubscriptionTest {

    private static final String PATH = "/api/alert_subscription/";
    private static final String OFFLINE = "/api/alert_type/80/";
    private static final String CONTACT = Scene.typeUri("HostContactAlert");
    private static final String FACTS = Topics.facts(ObjectType.ALERT_SUBSCRIPTION);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    private Scene scene;
    private long olga;
    private long boris;

    @BeforeEach
    void open() {
        scene = new Scene(kafka, tokens, FACTS);
        olga = Scene.id();
        boris = Scene.id();
        scene.knownUser(olga, "");
        scene.knownUser(boris, "");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void userSubscribesChangesAndEndsItsOwn() {
        String uri = subscribe(asOlga(), olga, OFFLINE);
        asOlga().get(uri)
                .then()
                .statusCode(200)
                .body("user", equalTo("/api/user/" + olga + "/"))
                .body("resource_uri", equalTo(uri))
                .body("alert_type.description", equalTo("Host offline alert"))
                .body("alert_type.id", equalTo("80"))
                .body("alert_type.resource_uri", equalTo(OFFLINE));
        assertThat(told(uri, 1)).isEqualTo(new AlertSubscriptionFact(id(uri), 1, olga, 80));

        // a client sends back what it has read
        Map<String, Object> read = asOlga().get(uri).then().extract().path("$");
        asOlga().body(read).put(uri).then().statusCode(204);
        asOlga().body(Map.of("alert_type", CONTACT)).put(uri).then().statusCode(204);
        asOlga().get(uri)
                .then()
                .body("alert_type.resource_uri", equalTo(CONTACT))
                .body("user", equalTo("/api/user/" + olga + "/"));
        assertThat(told(uri, 3)).isEqualTo(new AlertSubscriptionFact(id(uri), 3, olga, 201));

        asOlga().delete(uri).then().statusCode(204);
        asOlga().get(uri).then().statusCode(404);
        asOlga().delete(uri).then().statusCode(404);
        scene.bus()
                .await(
                        FACTS,
                        message -> message.key().equals("alert_subscription:" + id(uri)) && message.value() == null);
    }

    @Test
    void everybodySeesItsOwnAndSuperusersAll() {
        String hers = subscribe(asOlga(), olga, OFFLINE);
        String his = subscribe(asBoris(), boris, OFFLINE);
        asOlga().get(PATH + "?limit=0").then().body("objects.resource_uri", contains(hers));
        scene.as(0, Level.ANONYMOUS).get(PATH).then().statusCode(401);
        assertThat(scene.objects(PATH + "?limit=0"))
                .extracting(subscription -> subscription.get("resource_uri"))
                .contains(hers, his);
        asOlga().get(his).then().statusCode(404);
        asOlga().delete(his).then().statusCode(404);
        asOlga().body(Map.of("alert_type", CONTACT)).put(his).then().statusCode(404);
        scene.admin().delete(his).then().statusCode(204);
    }

    @Test
    void nobodySubscribesOthersButSuperusers() {
        refused(asOlga(), Map.of("user", user(boris), "alert_type", OFFLINE))
                .body("user", contains("Only superusers may change other users' subscriptions."));
        scene.as(olga, Level.FSADMIN)
                .body(Map.of("user", user(boris), "alert_type", OFFLINE))
                .post(PATH)
                .then()
                .statusCode(400);
        String uri = subscribe(asOlga(), olga, OFFLINE);
        asOlga().body(Map.of("user", user(boris)))
                .put(uri)
                .then()
                .statusCode(400)
                .body("user", contains("Only superusers may change other users' subscriptions."));
        subscribe(scene.admin(), boris, OFFLINE);
    }

    @Test
    void badInputIsExplained() {
        for (Object user : new Object[] {"", "boris", "/api/user/x/", 7, List.of(), Map.of("id", 1)}) {
            refused(scene.admin(), Map.of("user", user, "alert_type", OFFLINE))
                    .body("user", contains("Missing or malformed user parameter"));
        }
        refused(scene.admin(), Map.of("alert_type", OFFLINE))
                .body("user", contains("Missing or malformed user parameter"));
        refused(asOlga(), Map.of("user", user(olga))).body("alert_type", contains("This field is required."));
        refused(asOlga(), Map.of("user", user(olga), "alert_type", "/api/alert_type/9999/"))
                .body("error", equalTo("Could not find the provided object via resource URI '/api/alert_type/9999/'."));
        refused(scene.admin(), Map.of("user", "/api/user/999999/", "alert_type", OFFLINE))
                .body("error", equalTo("Could not find the provided object via resource URI '/api/user/999999/'."));
    }

    @Test
    void userWhomTheServiceHasNotHeardOfYetIsWaitedFor() throws InterruptedException {
        long late = Scene.id();
        Thread news = Thread.ofVirtual().start(() -> scene.user(late, ""));
        subscribe(scene.admin(), late, OFFLINE);
        news.join();
    }

    @Test
    void severalAreAddedChangedAndRemovedAtOnceOrNotAtAll() {
        String kept = subscribe(asOlga(), olga, OFFLINE);
        String removed = subscribe(asOlga(), olga, OFFLINE);
        String foreign = subscribe(asBoris(), boris, OFFLINE);

        asOlga().body(Map.of("objects", List.of(), "deleted_objects", List.of(removed, foreign)))
                .patch(PATH)
                .then()
                .statusCode(400)
                .body("user", contains("Only superusers may change other users' subscriptions."));
        asOlga().get(removed).then().statusCode(200);

        asOlga().body(Map.of(
                        "objects",
                        List.of(
                                Map.of("user", user(olga), "alert_type", CONTACT),
                                Map.of("resource_uri", kept, "alert_type", Map.of("resource_uri", CONTACT))),
                        "deleted_objects",
                        List.of(removed)))
                .patch(PATH)
                .then()
                .statusCode(202)
                .body(equalTo(""));
        asOlga().get(PATH + "?limit=0")
                .then()
                .body("objects.alert_type.resource_uri", contains(CONTACT, CONTACT))
                .body("objects[0].resource_uri", equalTo(kept));

        asOlga().body(Map.of("deleted_objects", List.of(kept)))
                .patch(PATH)
                .then()
                .statusCode(400)
                .body("error", equalTo("Invalid data sent: missing 'objects'"));
        asOlga().body(Map.of("objects", List.of(), "deleted_objects", List.of("/api/user/1/")))
                .patch(PATH)
                .then()
                .statusCode(404);
        asOlga().body(Map.of("objects", List.of(), "deletions", List.of(kept)))
                .patch(PATH)
                .then()
                .statusCode(202);
        asOlga().get(kept).then().statusCode(404);
    }

    @Test
    void subscriptionsGoWithTheirUser() {
        String uri = subscribe(asOlga(), olga, OFFLINE);
        scene.bus().publishRemoval(new ObjectRef(ObjectType.USER, olga), 2);
        await().atMost(Scene.SOON).until(() -> scene.admin().get(uri).statusCode() == 404);
        scene.bus()
                .await(
                        FACTS,
                        message -> message.key().equals("alert_subscription:" + id(uri)) && message.value() == null);
    }

    @Test
    void allClassesCanBeSubscribedTo() {
        List<Map<String, Object>> types = scene.objects("/api/alert_type/?limit=0");
        assertThat(types)
                .extracting(type -> type.get("description"))
                .contains(
                        "Host offline alert",
                        "LNet nids changed alert",
                        "Ipmi bmc unavailable alert",
                        "Storage resource offline",
                        "Client connect event");
        for (Map<String, Object> type : types) {
            scene.admin().get((String) type.get("resource_uri")).then().body("id", equalTo(type.get("id")));
        }
        scene.admin().get("/api/alert_type/1/").then().statusCode(404);
    }

    private RequestSpecification asOlga() {
        return scene.as(olga, Level.USER);
    }

    private RequestSpecification asBoris() {
        return scene.as(boris, Level.USER);
    }

    private static String user(long id) {
        return "/api/user/" + id + "/";
    }

    private static String subscribe(RequestSpecification caller, long user, String type) {
        return caller.body(Map.of("user", user(user), "alert_type", type))
                .post(PATH)
                .then()
                .statusCode(201)
                .header("Location", endsWith("/"))
                .body(equalTo(""))
                .extract()
                .header("Location")
                .replaceFirst("^https?://[^/]*", "");
    }

    private static ValidatableResponse refused(RequestSpecification caller, Map<String, ?> body) {
        return caller.body(body).post(PATH).then().statusCode(400);
    }

    private static long id(String uri) {
        return Long.parseLong(uri.replaceAll("\\D", ""));
    }

    private Object told(String uri, long version) {
        FactMessage told = scene.bus()
                .await(
                        FACTS,
                        message -> message.key().equals("alert_subscription:" + id(uri))
                                && message.value() != null
                                && message.as(FactMessage.class).fact().version() == version)
                .as(FactMessage.class);
        assertThat(told.wire().path("resource_uri").asText()).isEqualTo(uri);
        assertThat(told.wire().path("alert_type").path("id").isTextual()).isTrue();
        return told.fact();
    }
}
