package io.burnish.command;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.testsupport.Bus;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of commands share: one managed server with its LNet, on real PostgreSQL and Kafka; the test plays the owners of objects. */
abstract class OneServer {

    static final String HOST_DISPATCH = Topics.dispatch(ServiceName.HOST);
    static final String TARGET_DISPATCH = Topics.dispatch(ServiceName.TARGET);
    static long nextHost = 1;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    Bus bus;
    long host;

    @BeforeEach
    void open() {
        bus = new Bus(kafka, List.of(HOST_DISPATCH, TARGET_DISPATCH, Topics.LOCKS, Topics.facts(ObjectType.COMMAND)));
        host = nextHost++;
        publishHost();
    }

    @AfterEach
    void close() {
        bus.close();
    }

    void publishHost() {
        String name = "h" + host;
        ServerProfile profile =
                new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);
        bus.publish(new HostFact(
                host, 1, "managed", false, name, name, name, name, "manual", profile, true, false, List.of(),
                List.of()));
        publishLnet(1, "lnet_up");
    }

    LnetFact lnet(long version, String state) {
        return new LnetFact(
                host, version, state, false, "lnet configuration", host, List.of(new Nid("10.0.0.1", "tcp", 0)));
    }

    void publishLnet(long version, String state) {
        bus.publish(lnet(version, state));
        awaitOffers();
    }

    TargetFact target(long version, String state) {
        boolean up = state.equals("mounted");
        return new TargetFact(
                host,
                version,
                state,
                false,
                "MGS",
                TargetKind.MGT,
                null,
                null,
                host,
                "MGS_1",
                up ? host : null,
                List.of(new TargetFact.Mount(host, host, 1, true)),
                0,
                0);
    }

    void awaitOffers() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> user().queryParam("composite_ids", "162:" + host)
                                .get("/api/action/")
                                .jsonPath()
                                .getInt("meta.total_count")
                        > 0);
    }

    RequestSpecification user() {
        return given().auth()
                .none()
                .header(
                        "Authorization",
                        "Bearer " + tokens.mint(new Principal(1, "admin", Level.SUPERUSER, true, null)))
                .contentType("application/json");
    }

    CommandReply ask(CommandRequest request) {
        return ContractJson.read(
                given().header("Authorization", "Bearer " + tokens.ofThisService())
                        .contentType("application/json")
                        .body(ContractJson.text(request))
                        .post("/internal/commands")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                CommandReply.class);
    }

    CommandRequest wantLnet(String key, String state) {
        return new CommandRequest(
                key, null, List.of(new CommandRequest.Want(lnetRef(), state)), List.of(), List.of(), "admin");
    }

    ObjectRef lnetRef() {
        return new ObjectRef(ObjectType.LNET_CONFIGURATION, host);
    }

    static String key() {
        return UUID.randomUUID().toString();
    }

    Dispatch.RunJob dispatched(String topic) {
        return (Dispatch.RunJob) bus.await(
                        topic,
                        heard -> heard.as(Dispatch.class) instanceof Dispatch.RunJob run
                                && run.jobClass() != null
                                && heard.key().endsWith(":" + host))
                .as(Dispatch.class);
    }

    void succeed(Dispatch.RunJob job, ServiceName owner, Fact change) {
        bus.publish(
                owner,
                Topics.JOB_EVENTS,
                Long.toString(job.jobId()),
                new JobEvent.Finished(
                        job.jobId(), job.attempt(), Instant.now(), new JobOutcome.Succeeded(), List.of(change)));
    }

    void fail(Dispatch.RunJob job, ServiceName owner, String sentence) {
        bus.publish(
                owner,
                Topics.JOB_EVENTS,
                Long.toString(job.jobId()),
                new JobEvent.Finished(
                        job.jobId(),
                        job.attempt(),
                        Instant.now(),
                        new JobOutcome.Failed(Reason.of(Reason.Code.STEP_FAILED, job.subject(), sentence)),
                        List.of()));
    }

    void awaitComplete(long command) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        user().get("/api/command/" + command + "/").jsonPath().getBoolean("complete"));
    }
}
