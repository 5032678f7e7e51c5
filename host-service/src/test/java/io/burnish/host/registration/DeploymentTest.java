package io.burnish.host.registration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.hub.AgentIdentity;
import io.burnish.host.hub.HubServer;
import io.burnish.host.hub.HubTestProfile;
import io.burnish.host.hub.ScriptedAgent;
import io.burnish.host.spi.HostRegistry;
import io.burnish.host.ssh.SshResult;
import io.burnish.host.ssh.SshServerInTest;
import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(HubTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(value = CommandNeighbour.class, restrictToAnnotatedClass = true)
class DeploymentTest {

    private static final AtomicLong JOBS = new AtomicLong(System.currentTimeMillis());
    private static final Pattern INSTALLER = Pattern.compile(
            "curl -sSk 'https://localhost:\\d+/agent/setup/([0-9A-F]{32})/\\?profile_name=(\\w+)' \\| sh");
    private static final String PROFILE = "/api/server_profile/base_managed_rh7/";

    private final ApiClient api;
    private final Database database;
    private final HostRegistry hosts;
    private final PkiDirectory pki;
    private final HubServer hub;
    private final Vertx vertx;
    private final String kafka;
    private final List<ScriptedAgent> agents = new CopyOnWriteArrayList<>();
    private final String password = "pw-" + UUID.randomUUID();

    @TempDir
    private Path directory;

    private Bus bus;
    private String fqdn;
    private SshServerInTest server;
    private volatile Function<String, SshResult> installer;

    DeploymentTest(
            ApiClient api,
            Database database,
            HostRegistry hosts,
            PkiDirectory pki,
            HubServer hub,
            Vertx vertx,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.api = api;
        this.database = database;
        this.hosts = hosts;
        this.pki = pki;
        this.hub = hub;
        this.vertx = vertx;
        this.kafka = kafka;
    }

    @BeforeEach
    void startServer() throws Exception {
        fqdn = "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".lab.example";
        bus = new Bus(kafka, List.of(Topics.JOB_EVENTS));
        installer = this::install;
        server = new SshServerInTest(directory.resolve("hostkey"), "root", password, null, this::shell);
        CommandNeighbour.listHost(fqdn, server.port());
    }

    @AfterEach
    void stopServer() {
        CommandNeighbour.mood(CommandNeighbour.Mood.ANSWER);
        agents.forEach(ScriptedAgent::close);
        server.close();
        bus.close();
    }

    private SshResult shell(String line) {
        return switch (line) {
            case "hostname -f" -> new SshResult(0, fqdn + "\n", "");
            case "hostname" -> new SshResult(0, fqdn.split("\\.")[0] + "\n", "");
            case "openssl version -a" -> new SshResult(0, "OpenSSL 3\n", "");
            case "yum -q list ElectricFence" -> new SshResult(0, "ElectricFence.x86_64\n", "");
            case "ping -c 1 localhost" -> new SshResult(1, "", "");
            default -> {
                if (line.startsWith("getent hosts ")) {
                    yield new SshResult(0, "10.0.0.7  " + fqdn + "\n", "");
                }
                Matcher installing = INSTALLER.matcher(line);
                yield installing.matches()
                        ? installer.apply(installing.group(1))
                        : new SshResult(127, "", "sh: " + line + ": not found");
            }
        };
    }

    /** What the installer does on a server, over the same requests. */
    private SshResult install(String secret) {
        try {
            AgentIdentity.Request request = AgentIdentity.Request.of(fqdn);
            Response answer = given().contentType("application/json")
                    .body(ContractJson.text(
                            new RegistrationRequest(fqdn, fqdn, "oss", "1.0.0", List.of(), request.csrPem())))
                    .post("/agent/register/" + secret + "/");
            if (answer.statusCode() != 201) {
                return new SshResult(1, "", "refused " + answer.statusCode());
            }
            RegistrationReply reply = ContractJson.read(answer.asString(), RegistrationReply.class);
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(reply.certificate().getBytes(StandardCharsets.US_ASCII)));
            agents.add(new ScriptedAgent(
                            vertx,
                            hub.port(),
                            new AgentIdentity(request.keyPem(), certificate),
                            pki.authorityCertificate(),
                            fqdn)
                    .connect());
            return new SshResult(
                    0,
                    "{\"host_id\": %d, \"command_id\": %d}\n".formatted(reply.hostId(), reply.commandId()),
                    "installing with " + secret);
        } catch (Exception e) {
            return new SshResult(1, "", e.toString());
        }
    }

    private ObjectNode body() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", fqdn)
                .put("auth_type", "id_password_root")
                .put("root_password", password)
                .put("server_profile", PROFILE);
    }

    private Response add(JsonNode body) {
        return api.admin().body(body.toString()).post("/api/server_of_test/");
    }

    private long added() {
        Response added = add(body());
        assertThat(added.statusCode()).as(added.asString()).isEqualTo(202);
        return added.<Integer>path("host.id");
    }

    private Dispatch.RunJob dispatch(String jobClass, ObjectRef subject, String from, String to, ObjectNode args) {
        Dispatch.RunJob job = new Dispatch.RunJob(
                JOBS.incrementAndGet(),
                1,
                1,
                jobClass,
                subject,
                jobClass,
                from,
                to,
                args,
                List.of(77L),
                List.of(),
                null);
        bus.publish(ServiceName.COMMAND, Topics.dispatch(ServiceName.HOST), subject.toString(), (Dispatch) job);
        return job;
    }

    private <E extends JobEvent> E event(Dispatch.RunJob job, Class<E> type) {
        return type.cast(bus.await(Topics.JOB_EVENTS, heard -> {
                    JobEvent event = heard.as(JobEvent.class);
                    return type.isInstance(event) && event.jobId() == job.jobId();
                })
                .as(JobEvent.class));
    }

    private JobOutcome deploy(long hostId) {
        Dispatch.RunJob job = dispatch(
                "DeployHostJob",
                ObjectRef.host(hostId),
                "undeployed",
                "unconfigured",
                JsonNodeFactory.instance.objectNode());
        return event(job, JobEvent.Finished.class).outcome();
    }

    private String state(long hostId) {
        return database.transaction(
                tx -> tx.one("SELECT state FROM host WHERE id = $1", hostId).getString(0));
    }

    private long secretsOf(String owner) {
        return database.transaction(tx ->
                tx.one("SELECT count(*) FROM secret WHERE owner = $1", owner).getLong(0));
    }

    private Optional<HostRegistry.KnownHost> known(String name) {
        return database.transaction(tx -> hosts.byFqdn(tx, name));
    }

    @Test
    void aServerIsAddedByItsOwnNamesWithTheCommandThatDeploysIt() {
        Response added = add(body());
        assertThat(added.statusCode()).as(added.asString()).isEqualTo(202);
        assertThat(added.<String>path("host.fqdn")).isEqualTo(fqdn);
        assertThat(added.<String>path("host.state")).isEqualTo("undeployed");
        assertThat(added.<String>path("host.install_method")).isEqualTo("id_password_root");
        CommandRequest request = CommandNeighbour.request(added.<Integer>path("command.id"));
        assertThat(request.message()).isEqualTo("Deploying agent to host " + fqdn);
        assertThat(ContractJson.text(request)).doesNotContain(password);
    }

    @Test
    void deployingInstallsTheAgentWaitsForItAndForgetsTheCredentials() {
        long hostId = added();
        assertThat(secretsOf("deploy:" + hostId)).isEqualTo(1);
        Dispatch.RunJob job = dispatch(
                "DeployHostJob",
                ObjectRef.host(hostId),
                "undeployed",
                "unconfigured",
                JsonNodeFactory.instance.objectNode());
        JobEvent.StepFinished step = event(job, JobEvent.StepFinished.class);
        assertThat(step.success()).as(step.toString()).isTrue();
        assertThat(event(job, JobEvent.Finished.class).outcome()).isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(state(hostId)).isEqualTo("unconfigured");
        assertThat(secretsOf("deploy:" + hostId)).isZero();
        // neither the password nor the token's secret is told
        assertThat(step.toString()).doesNotContain(password).doesNotContainPattern("[0-9A-F]{32}");
    }

    @Test
    void anInstallerThatFailsFailsTheJobWithItsWordsAndTheDeploymentCanBeRepeated() {
        long hostId = added();
        installer = secret -> new SshResult(6, "", "curl: (6) Could not resolve host");
        assertThat(deploy(hostId)).isInstanceOfSatisfying(JobOutcome.Failed.class, failed -> assertThat(
                        failed.reason().sentence())
                .contains("exit status 6", "Could not resolve host", fqdn));
        assertThat(state(hostId)).isEqualTo("undeployed");
        installer = this::install;
        assertThat(added()).isEqualTo(hostId);
        assertThat(deploy(hostId)).isInstanceOf(JobOutcome.Succeeded.class);
    }

    @Test
    void aTokenOfADeploymentIsGoodForItsServerAlone() {
        long hostId = added();
        StringBuilder answer = new StringBuilder();
        installer = secret -> {
            try {
                String other = "other-" + fqdn;
                answer.append(given().contentType("application/json")
                        .body(ContractJson.text(new RegistrationRequest(
                                other,
                                other,
                                "oss",
                                "1.0.0",
                                List.of(),
                                AgentIdentity.Request.of(other).csrPem())))
                        .post("/agent/register/" + secret + "/")
                        .asString());
            } catch (Exception e) {
                answer.append(e);
            }
            return install(secret);
        };
        assertThat(deploy(hostId)).isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(answer.toString()).contains("another server");
        assertThat(known("other-" + fqdn)).isEmpty();
    }

    @Test
    void bulkRequestsAnswerForEachElement() {
        ObjectNode wrong = body().put("address", "no-such-host.invalid");
        ObjectNode several = JsonNodeFactory.instance.objectNode();
        several.putArray("objects").add(body()).add(wrong);
        Response answer = add(several);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("objects[0].command_and_host.host.fqdn")).isEqualTo(fqdn);
        assertThat(answer.<Object>path("objects[0].error")).isNull();
        assertThat(answer.<Object>path("objects[1].command_and_host")).isNull();
        assertThat(answer.<String>path("objects[1].error")).contains("no-such-host.invalid", "resolved");
    }

    @Test
    void wrongBodiesAreToldByFieldBeforeAnythingIsDone() {
        assertThat(add(JsonNodeFactory.instance.objectNode()).<String>path("address[0]"))
                .isEqualTo("This field is mandatory");
        assertThat(add(body().put("host", 99)).<String>path("host_and_data[0]"))
                .isEqualTo("Only the host id or host address must be provided, not both.");
        assertThat(add(JsonNodeFactory.instance.objectNode().put("host", 999_999))
                        .<String>path("host[0]"))
                .isEqualTo("Host of id 999999 must exist");
        assertThat(add(body().put("host_must_exist", true)).<String>path("address[0]"))
                .isEqualTo("Host %s is not in use by IML".formatted(fqdn));
        assertThat(add(body().put("address", "x; rm -rf /")).<String>path("address[0]"))
                .contains("is not an address");
        assertThat(add(body().put("server_profile", "/api/server_profile/nope/"))
                        .<String>path("error"))
                .contains("ServerProfile", "nope");
        assertThat(add(body().put("root_password", "wrong")).<String>path("error"))
                .contains("does not let root in");
        assertThat(server.commands()).isEmpty();
    }

    @Test
    void aRefusedDeploymentLeavesNoServerAndNoCredentials() {
        CommandNeighbour.mood(CommandNeighbour.Mood.REFUSE);
        Response refused = add(body());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("error")).isEqualTo("not now");
        assertThat(known(fqdn)).isEmpty();
        CommandNeighbour.mood(CommandNeighbour.Mood.ANSWER);
        assertThat(added()).isPositive();
    }

    @Test
    void aServerThatWorksIsNotAddedAgain() {
        long hostId = added();
        database.run(tx -> tx.update("UPDATE host SET state = 'managed' WHERE id = $1", hostId));
        Response refused = add(body());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("error")).contains("in use");
    }

    @Test
    void aTestMakesAllChecksAndAFailedOneIsAResult() {
        Response asked = api.admin().body(body().toString()).post("/api/test_host/");
        assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
        CommandRequest request = CommandNeighbour.request(asked.<Integer>path("id"));
        assertThat(request.message()).isEqualTo("Validation host configuration " + fqdn);
        assertThat(ContractJson.text(request)).doesNotContain(password);
        JsonNode result = tested(request);
        assertThat(names(result, true))
                .containsExactly(
                        "resolve",
                        "ping",
                        "auth",
                        "hostname_valid",
                        "fqdn_resolves",
                        "fqdn_matches",
                        "reverse_resolve",
                        "yum_can_update",
                        "openssl");
        assertThat(names(result, false)).containsExactly("reverse_ping");
        assertThat(result.get("valid").asBoolean()).isFalse();
        assertThat(secretsOf("test:"
                        + request.jobs().getFirst().args().get("credentials").asText()))
                .isZero();
    }

    @Test
    void aTestWithAWrongPasswordOrAnUnknownNameEndsEarly() {
        Response wrong =
                api.admin().body(body().put("root_password", "no").toString()).post("/api/test_host/");
        assertThat(names(tested(CommandNeighbour.request(wrong.<Integer>path("id"))), true))
                .containsExactly("resolve", "ping");
        Response unknown = api.admin()
                .body(body().put("address", "nowhere.invalid").toString())
                .post("/api/test_host/");
        assertThat(names(tested(CommandNeighbour.request(unknown.<Integer>path("id"))), true))
                .isEmpty();
        assertThat(api.admin()
                        .body(body().put("root_password", "").toString())
                        .post("/api/test_host/")
                        .<String>path("root_password[0]"))
                .isEqualTo("This field is mandatory");
        api.admin()
                .body("{\"auth_type\": \"private_key_choice\"}")
                .post("/api/test_host/")
                .then()
                .statusCode(400)
                .body("private_key[0]", equalTo("This field is mandatory"))
                .body("address[0]", equalTo("This field is mandatory"));
        api.admin().get("/api/test_host/").then().statusCode(405).header("Allow", "POST");
    }

    private JsonNode tested(CommandRequest request) {
        CommandRequest.JobWant want = request.jobs().getFirst();
        Dispatch.RunJob job = dispatch(want.className(), new ObjectRef(ObjectType.HOST, 0), null, null, want.args());
        JobEvent.StepFinished step = event(job, JobEvent.StepFinished.class);
        assertThat(step.success()).as(step.toString()).isTrue();
        assertThat(event(job, JobEvent.Finished.class).outcome()).isInstanceOf(JobOutcome.Succeeded.class);
        return step.result();
    }

    private static List<String> names(JsonNode result, boolean value) {
        return result.get("status")
                .valueStream()
                .filter(check -> check.get("value").asBoolean() == value)
                .map(check -> check.get("name").asText())
                .toList();
    }

    @Test
    void aServerGetsAnotherNameWithItsCertificateAndNotWithout() throws Exception {
        long hostId = added();
        assertThat(deploy(hostId)).isInstanceOf(JobOutcome.Succeeded.class);
        await().until(() -> !agents.isEmpty());
        String renamed = "new-" + fqdn;
        String body = "{\"fqdn\": \"%1$s\", \"address\": \"%1$s\"}".formatted(renamed);
        assertThat(agents.getFirst().post("/agent/reregister/", body)).isEqualTo(200);
        assertThat(database.transaction(tx -> hosts.byId(tx, hostId))
                        .orElseThrow()
                        .fqdn())
                .isEqualTo(renamed);
        assertThat(agents.getFirst().post("/agent/reregister/", "{}")).isEqualTo(400);
        given().body(body).post("/agent/reregister/").then().statusCode(401);
    }
}
