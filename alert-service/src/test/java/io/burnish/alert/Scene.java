package io.burnish.alert;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.fact.UserFact;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.testsupport.Bus;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The neighbours of the service and its callers: publishes facts of objects that no other test has, and asks the API. */
public final class Scene implements AutoCloseable {

    /** How long a busy machine may take. */
    public static final Duration SOON = Duration.ofSeconds(60);

    private static final AtomicLong IDS = new AtomicLong(1000);

    private final Bus bus;
    private final Tokens tokens;

    public Scene(String kafka, Tokens tokens, String... heardTopics) {
        this.bus = new Bus(kafka, List.of(heardTopics));
        this.tokens = tokens;
    }

    /** A number that no object has yet. */
    public static long id() {
        return IDS.incrementAndGet();
    }

    public Bus bus() {
        return bus;
    }

    /** A request of a user. */
    public RequestSpecification as(long user, Level level) {
        return given().header(
                        "Authorization",
                        "Bearer "
                                + tokens.mint(
                                        new Principal(user, "user" + user, level, level != Level.ANONYMOUS, null)))
                .contentType("application/json");
    }

    /** A request of a superuser. */
    public RequestSpecification admin() {
        return as(1, Level.SUPERUSER);
    }

    /** Objects of a list. */
    public List<Map<String, Object>> objects(String path) {
        return admin().get(path).then().statusCode(200).extract().path("objects");
    }

    /** Alerts on an object, newest first. */
    public List<Map<String, Object>> alerts(String item, String type) {
        return objects("/api/alert/?limit=0&alert_type=" + type).stream()
                .filter(alert -> item.equals(alert.get("alert_item")))
                .toList();
    }

    /** The newest alert on an object, as soon as it is as expected. */
    public Map<String, Object> awaitAlert(String item, String type, Predicate<Map<String, Object>> expected) {
        await("%s on %s".formatted(type, item)).atMost(SOON).until(() -> {
            List<Map<String, Object>> found = alerts(item, type);
            return !found.isEmpty() && expected.test(found.getFirst());
        });
        return alerts(item, type).getFirst();
    }

    public Map<String, Object> awaitRaised(String item, String type) {
        return awaitAlert(item, type, alert -> Boolean.TRUE.equals(alert.get("active")));
    }

    public Map<String, Object> awaitEnded(String item, String type) {
        return awaitAlert(item, type, alert -> alert.get("active") == null);
    }

    /** Publishes something that an agent has seen. */
    public void seen(Fact fact) {
        bus.publish(new FactMessage(fact, null, true));
    }

    /** Publishes something that somebody asked for. */
    public void asked(Fact fact) {
        bus.publish(new FactMessage(fact, null, false));
    }

    /** A server called h and its number. */
    public static HostFact host(long id, long version, boolean inContact) {
        return host(id, version, "managed", inContact, false);
    }

    public static HostFact host(long id, long version, String state, boolean inContact, boolean offline) {
        String name = "h" + id;
        ServerProfile profile =
                new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);
        return new HostFact(
                id, version, state, false, name, name, name, name, "manual", profile, inContact, offline, List.of(),
                List.of());
    }

    /** An OST of file system 7 whose primary server is {@code primary}, the other one {@code primary + 1}. */
    public static TargetFact target(long id, long version, String state, long primary, Long active) {
        return new TargetFact(
                id,
                version,
                state,
                false,
                "t" + id + "-OST0000",
                TargetKind.OST,
                0,
                7L,
                id,
                "OST_" + id,
                active,
                List.of(
                        new TargetFact.Mount(id, primary, 1, true),
                        new TargetFact.Mount(id + 1, primary + 1, 2, false)),
                0,
                0);
    }

    /** Publishes a user, with an address unless that is empty. */
    public void user(long id, String email) {
        bus.publish(new UserFact(id, 1, "user" + id, email, true));
    }

    /** As {@link #user}, and waits until the service knows it. */
    public void knownUser(long id, String email) {
        user(id, email);
        String path = "/api/alert_subscription/";
        await("user " + id).atMost(SOON).until(() -> {
            var reply = admin().body(Map.of("user", "/api/user/" + id + "/", "alert_type", typeUri("LearnEvent")))
                    .post(path);
            if (reply.statusCode() == 201) {
                admin().delete(reply.header("Location").replaceFirst("^https?://[^/]*", ""))
                        .then()
                        .statusCode(204);
            }
            return reply.statusCode() == 201;
        });
    }

    /** Subscribes a user to a class of alerts; returns the path of the subscription. */
    public String subscribe(long user, String type) {
        return admin().body(Map.of("user", "/api/user/" + user + "/", "alert_type", typeUri(type)))
                .post("/api/alert_subscription/")
                .then()
                .statusCode(201)
                .extract()
                .header("Location")
                .replaceFirst("^https?://[^/]*", "");
    }

    /** Path of the class called so. */
    public static String typeUri(String type) {
        return "/api/alert_type/"
                + io.burnish.alert.type.AlertType.ofWire(type).orElseThrow().id() + "/";
    }

    @Override
    public void close() {
        bus.close();
    }
}
