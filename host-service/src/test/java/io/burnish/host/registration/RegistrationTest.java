package io.burnish.host.registration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.host.hub.AgentIdentity;
import io.burnish.host.hub.HubServer;
import io.burnish.host.hub.HubTestProfile;
import io.burnish.host.hub.ScriptedAgent;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.pki.Pem;
import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.security.Level;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HubTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(value = CommandNeighbour.class, restrictToAnnotatedClass = true)
class RegistrationTest {

    private final ApiClient api;
    private final Database database;
    private final HostRegistry hosts;
    private final PkiDirectory pki;
    private final HubServer hub;
    private final Vertx vertx;

    RegistrationTest(
            ApiClient api, Database database, HostRegistry hosts, PkiDirectory pki, HubServer hub, Vertx vertx) {
        this.api = api;
        this.database = database;
        this.hosts = hosts;
        this.pki = pki;
        this.hub = hub;
        this.vertx = vertx;
    }

    @AfterEach
    void goodMood() {
        CommandNeighbour.mood(CommandNeighbour.Mood.ANSWER);
    }

    private String token(int credits) {
        return api.admin()
                .body("""
                        {"profile": "/api/server_profile/base_managed_rh7/", "credits": %d, "expiry": "2100-01-01T00:00:00+00:00"}""".formatted(credits))
                .post("/api/registration_token/")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
    }

    private int credits(String secret) {
        return database.transaction(tx -> tx.one("SELECT credits FROM registration_token WHERE secret = $1", secret)
                .getInteger(0));
    }

    private static String newName() {
        return "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    }

    private record Server(String fqdn, AgentIdentity.Request key, String version) {

        static Server named(String fqdn) throws Exception {
            return new Server(fqdn, AgentIdentity.Request.of(fqdn), "1.0.0");
        }

        Response register(String secret) {
            return given().contentType("application/json")
                    .body(ContractJson.text(
                            new RegistrationRequest(fqdn, fqdn, "node", version, List.of(), key.csrPem())))
                    .post("/agent/register/" + secret + "/");
        }

        AgentIdentity identity(Response registered) throws Exception {
            return new AgentIdentity(key.keyPem(), certificate(registered));
        }
    }

    private static X509Certificate certificate(Response registered) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(reply(registered).certificate().getBytes(StandardCharsets.US_ASCII)));
    }

    private static RegistrationReply reply(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return ContractJson.read(response.asString(), RegistrationReply.class);
    }

    private List<HostRegistry.KnownHost> known(String fqdn) {
        return database.transaction(tx -> hosts.byFqdn(tx, fqdn).map(List::of).orElse(List.of()));
    }

    private ScriptedAgent agent(AgentIdentity identity, String fqdn) {
        return new ScriptedAgent(vertx, hub.port(), identity, pki.authorityCertificate(), fqdn);
    }

    @Test
    void aRegisteredServerExistsOnceHasACommandAndItsCertificateOpensTheHub() throws Exception {
        String secret = token(1);
        Server server = Server.named(newName());
        Response registered = server.register(secret);
        RegistrationReply reply = reply(registered);
        assertThat(reply.hubUrl()).startsWith("wss://");
        assertThat(known(server.fqdn())).singleElement().satisfies(host -> {
            assertThat(host.id()).isEqualTo(reply.hostId());
            assertThat(host.state()).isEqualTo("unconfigured");
            assertThat(host.provisional()).isFalse();
            assertThat(host.profile()).isEqualTo("base_managed_rh7");
        });
        assertThat(CommandNeighbour.request(reply.commandId()).wants())
                .singleElement()
                .satisfies(want -> assertThat(want.object().id()).isEqualTo(reply.hostId()));
        X509Certificate certificate = certificate(registered);
        certificate.verify(pki.authority().certificate().getPublicKey());
        try (ScriptedAgent agent =
                agent(server.identity(registered), server.fqdn()).connect()) {
            await().until(() -> !agent.received.isEmpty());
        }
        assertThat(credits(secret)).isZero();
    }

    @Test
    void aRepeatedRegistrationGetsTheSameAnswerAndTakesNoCredit() throws Exception {
        String secret = token(2);
        Server server = Server.named(newName());
        RegistrationReply first = reply(server.register(secret));
        assertThat(reply(server.register(secret))).isEqualTo(first);
        assertThat(credits(secret)).isEqualTo(1);
        assertThat(CommandNeighbour.commandsFor(first.hostId())).isEqualTo(1);
    }

    @Test
    void noMoreServersRegisterThanATokenHasCredits() throws Exception {
        String secret = token(3);
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Server server = Server.named(newName());
            attempts.add(() -> server.register(secret).statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
        assertThat(answers).filteredOn(status -> status == 403).hasSize(7);
        assertThat(credits(secret)).isZero();
    }

    @Test
    void unknownExpiredCancelledAndExhaustedTokensAreRefusedAlike() throws Exception {
        Server server = Server.named(newName());
        String expired = token(1);
        database.run(tx -> tx.update(
                "UPDATE registration_token SET expiry = now() - interval '1 second' WHERE secret = $1", expired));
        String cancelled = token(1);
        database.run(tx -> tx.update("UPDATE registration_token SET cancelled = true WHERE secret = $1", cancelled));
        String exhausted = token(1);
        reply(Server.named(newName()).register(exhausted));
        for (String secret : List.of("0".repeat(32), "nonsense", expired, cancelled, exhausted)) {
            Response refused = server.register(secret);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.asString()).isEmpty();
            given().get("/agent/setup/" + secret + "/?profile_name=base_managed_rh7")
                    .then()
                    .statusCode(403);
            given().get("/agent/package/" + secret + "/burnish-agent.tar.gz")
                    .then()
                    .statusCode(403);
        }
        // the reference takes the credit of an expired token: a defect
        assertThat(credits(expired)).isEqualTo(1);
        assertThat(known(server.fqdn())).isEmpty();
    }

    @Test
    void aRefusedRegistrationLeavesNothingBehindAndKeepsTheCredit() throws Exception {
        String secret = token(5);
        String fqdn = newName();
        Response otherVersion = new Server(fqdn, AgentIdentity.Request.of(fqdn), "2.0.0").register(secret);
        assertThat(otherVersion.statusCode()).isEqualTo(400);
        assertThat(otherVersion.asString()).contains("2.0.0");
        Response otherName = new Server(fqdn, AgentIdentity.Request.of("other.example"), "1.0.0").register(secret);
        assertThat(otherName.statusCode()).isEqualTo(400);
        assertThat(otherName.asString()).isEmpty();
        given().contentType("application/json")
                .body("{\"fqdn\": 5}")
                .post("/agent/register/" + secret + "/")
                .then()
                .statusCode(400);
        CommandNeighbour.mood(CommandNeighbour.Mood.REFUSE);
        Response unplannable = Server.named(fqdn).register(secret);
        assertThat(unplannable.statusCode()).isEqualTo(400);
        assertThat(unplannable.asString()).contains("not now");
        assertThat(known(fqdn)).isEmpty();
        assertThat(credits(secret)).isEqualTo(5);
        given().get("/agent/register/" + secret + "/").then().statusCode(405);
    }

    @Test
    void aNameInUseIsRefused() throws Exception {
        String secret = token(5);
        Server server = Server.named(newName());
        Response registered = server.register(secret);
        reply(registered);
        try (ScriptedAgent agent =
                agent(server.identity(registered), server.fqdn()).connect()) {
            await().until(() -> !agent.received.isEmpty());
        }
        Response second = Server.named(server.fqdn()).register(secret);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(CommandNeighbour.json(second.asString()).at("/fqdn/0").asText())
                .isEqualTo("FQDN in use");
        assertThat(credits(secret)).isEqualTo(4);
    }

    @Test
    void aServerThatDiedBeforeItConnectedMayRegisterAgainAndItsOldCertificateIsRefused() throws Exception {
        String secret = token(2);
        Server server = Server.named(newName());
        Response first = server.register(secret);
        Server again = Server.named(server.fqdn());
        Response second = again.register(secret);
        assertThat(reply(second).hostId()).isEqualTo(reply(first).hostId());
        assertThat(reply(second).certificate()).isNotEqualTo(reply(first).certificate());
        assertThatThrownBy(() -> agent(server.identity(first), server.fqdn()).open())
                .hasMessageContaining("403");
        try (ScriptedAgent agent = agent(again.identity(second), server.fqdn()).connect()) {
            await().until(() -> !agent.received.isEmpty());
        }
    }

    @Test
    void aRegistrationWhoseAnswerGotLostIsCompletedWhenItIsRepeated() throws Exception {
        String secret = token(1);
        Server server = Server.named(newName());
        CommandNeighbour.mood(CommandNeighbour.Mood.LOSE_ANSWER);
        assertThat(server.register(secret).statusCode()).isEqualTo(503);
        CommandNeighbour.mood(CommandNeighbour.Mood.ANSWER);
        RegistrationReply reply = reply(server.register(secret));
        assertThat(known(server.fqdn()))
                .extracting(HostRegistry.KnownHost::provisional)
                .containsExactly(false);
        assertThat(CommandNeighbour.commandsFor(reply.hostId())).isEqualTo(1);
    }

    @Test
    void whatWasLeftBehindIsCompletedIfTheCommandExistsAndUndoneIfNot() throws Exception {
        String secret = token(2);
        Server lost = Server.named(newName());
        Server never = Server.named(newName());
        CommandNeighbour.mood(CommandNeighbour.Mood.LOSE_ANSWER);
        assertThat(lost.register(secret).statusCode()).isEqualTo(503);
        CommandNeighbour.mood(CommandNeighbour.Mood.AWAY);
        assertThat(never.register(secret).statusCode()).isEqualTo(503);
        assertThat(known(never.fqdn()))
                .extracting(HostRegistry.KnownHost::provisional)
                .containsExactly(true);
        CommandNeighbour.mood(CommandNeighbour.Mood.ANSWER);
        await().untilAsserted(() -> {
            assertThat(known(lost.fqdn()))
                    .extracting(HostRegistry.KnownHost::provisional)
                    .containsExactly(false);
            assertThat(known(never.fqdn())).isEmpty();
        });
        assertThat(credits(secret)).isEqualTo(1);
        assertThat(reply(lost.register(secret)).certificate()).contains("BEGIN CERTIFICATE");
        assertThat(reply(never.register(secret)).hostId()).isPositive();
    }

    @Test
    void theInstallerAndThePackageCostNoCredit() {
        String secret = token(1);
        String script = given().get("/agent/setup/" + secret + "/?profile_name=base_managed_rh7")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertThat(script)
                .startsWith("#!/bin/sh")
                .contains(secret, pki.authorityCertificate().strip());
        assertThat(given().get("/agent/setup/" + secret + "/base_managed_rh7/").asString())
                .contains(secret);
        given().get("/agent/setup/" + secret + "/").then().statusCode(400);
        given().get("/agent/setup/" + secret + "/?profile_name=nope").then().statusCode(400);
        assertThat(given().get("/agent/package/" + secret + "/burnish-agent.tar.gz")
                        .asString())
                .isEqualTo("the agent");
        assertThat(credits(secret)).isEqualTo(1);
    }

    @Test
    void tokensAreMadeAndCancelledByAdministratorsOnly() {
        Response made = api.admin()
                .body("{\"profile\": \"/api/server_profile/base_managed_rh7/\"}")
                .post("/api/registration_token/");
        assertThat(made.statusCode()).isEqualTo(201);
        String uri = made.path("resource_uri");
        String secret = made.path("secret");
        assertThat(made.header("Location")).endsWith(uri);
        assertThat(secret).matches("[0-9A-F]{32}");
        assertThat(made.<Integer>path("credits")).isEqualTo(1);
        assertThat(made.<String>path("expiry")).endsWith("+00:00");
        assertThat(made.<String>path("profile")).isEqualTo("/api/server_profile/base_managed_rh7/");
        assertThat(made.<String>path("register_command"))
                .isEqualTo("curl -k https://localhost:%d/agent/setup/%s/?profile_name=base_managed_rh7 | sh"
                        .formatted(CommandNeighbour.front(), secret));
        assertThat(api.as(Level.USER).get("/api/registration_token/").<Integer>path("meta.total_count"))
                .isZero();
        api.as(Level.USER).get(uri).then().statusCode(401);
        api.as(Level.USER).body("{\"cancelled\": true}").patch(uri).then().statusCode(401);
        api.as(Level.USER)
                .body("{\"profile\": \"/api/server_profile/base_managed_rh7/\"}")
                .post("/api/registration_token/")
                .then()
                .statusCode(401);
        for (String field : List.of("secret", "expiry", "credits")) {
            Response refused = api.admin()
                    .body(JsonNodeFactory.instance.objectNode().put(field, "9").toString())
                    .patch(uri);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.<String>path(field + "[0]")).isEqualTo("May not be modified after creation");
        }
        api.admin().body("{\"cancelled\": true}").patch(uri).then().statusCode(202);
        api.admin().get(uri).then().statusCode(404);
    }

    @Test
    void badTokenRequestsNameTheField() {
        assertThat(post("{}").<String>path("profile[0]")).isEqualTo("Mandatory");
        assertThat(post("{\"profile\": \"/api/server_profile/base_managed_rh7/\", \"secret\": \"x\"}")
                        .<String>path("secret[0]"))
                .isEqualTo("Forbidden during creation");
        assertThat(post("{\"profile\": \"/api/server_profile/nope/\"}").<String>path("error"))
                .isEqualTo("Could not find the provided object via resource URI '/api/server_profile/nope/'.");
        assertThat(post("{\"profile\": \"/api/server_profile/base_managed_rh7/\", \"expiry\": \"banana\"}")
                        .<String>path("error"))
                .contains("valid datetime string: 'banana'");
    }

    private Response post(String body) {
        Response refused = api.admin().body(body).post("/api/registration_token/");
        assertThat(refused.statusCode()).isEqualTo(400);
        return refused;
    }

    @Test
    void pemOfACertificateIsWhatTheAgentStores() throws Exception {
        Response registered = Server.named(newName()).register(token(1));
        assertThat(Pem.text(certificate(registered)).strip())
                .isEqualTo(reply(registered).certificate().strip());
    }
}
