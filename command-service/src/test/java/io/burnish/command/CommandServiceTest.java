package io.burnish.command;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands from the request to the last job, on real PostgreSQL and Kafka; the test plays the owners of objects. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class CommandServiceTest extends OneServer {

    @Test
    void aCommandRunsItsJobsOneAfterAnother() {
        CommandReply reply = ask(wantLnet(key(), "lnet_unloaded"));
        assertThat(reply.command().get("message").asText()).startsWith("Unload the LNet kernel modules on h" + host);
        assertThat(reply.command().get("jobs")).hasSize(2);

        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        assertThat(stop.jobClass()).isEqualTo("StopLNetJob");
        assertThat(stop.commandIds()).containsExactly(reply.commandId());
        succeed(stop, ServiceName.HOST, lnet(2, "lnet_down"));

        Dispatch.RunJob unload = dispatched(HOST_DISPATCH);
        assertThat(unload.jobClass()).isEqualTo("UnloadLNetJob");
        assertThat(unload.fencingToken()).isGreaterThan(stop.fencingToken());
        succeed(unload, ServiceName.HOST, lnet(3, "lnet_unloaded"));

        awaitComplete(reply.commandId());
        user().get("/api/command/" + reply.commandId() + "/").then().body("errored", is(false), "cancelled", is(false));
    }

    @Test
    void aDryRunSaysNullWhereThereIsNoPrompt() {
        String report = given().header("Authorization", "Bearer " + tokens.ofThisService())
                .contentType("application/json")
                .body(ContractJson.text(new DryRun(lnetRef(), "lnet_unloaded")))
                .post("/internal/dry-runs")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        JsonNode job = ContractJson.read(report, JsonNode.class).get("transition_job");
        assertThat(job.get("class").asText()).isEqualTo("UnloadLNetJob");
        assertThat(job.get("confirmation_prompt").isNull()).isTrue();
    }

    @Test
    void theSameKeyGivesTheSameCommand() {
        CommandRequest request = wantLnet(key(), "lnet_down");
        Long first = ask(request).commandId();
        assertThat(ask(request).commandId()).isEqualTo(first);
        succeed(dispatched(HOST_DISPATCH), ServiceName.HOST, lnet(2, "lnet_down"));
        awaitComplete(first);
        assertThat(ask(request).commandId()).isEqualTo(first);
    }

    @Test
    void aForbiddenKeyLeadsToNothing() {
        String key = key();
        String token = "Bearer " + tokens.ofThisService();
        given().header("Authorization", token)
                .delete("/internal/commands/" + key)
                .then()
                .statusCode(204);
        given().header("Authorization", token)
                .contentType("application/json")
                .body(ContractJson.text(wantLnet(key, "lnet_down")))
                .post("/internal/commands")
                .then()
                .statusCode(400);
        assertThat(bus.soFar(HOST_DISPATCH, Duration.ofMillis(300))).isEmpty();
    }

    @Test
    void aFailureEndsWhatRestsOnItWithTheReason() {
        CommandReply reply = ask(wantLnet(key(), "lnet_unloaded"));
        fail(dispatched(HOST_DISPATCH), ServiceName.HOST, "rmmod failed on h1: module in use");
        awaitComplete(reply.commandId());
        user().get("/api/command/" + reply.commandId() + "/").then().body("errored", is(true), "cancelled", is(true));
        String last = reply.command().get("jobs").get(1).asText();
        user().get(last)
                .then()
                .body("cancelled", is(true))
                .body("reason.code", is("PREDECESSOR_FAILED"))
                .body("reason.sentence", containsString("rmmod failed on h1: module in use"));
    }

    @Test
    void anEventThatComesTwiceChangesNothing() {
        CommandReply reply = ask(wantLnet(key(), "lnet_unloaded"));
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        JobEvent.Finished finished = new JobEvent.Finished(
                stop.jobId(), 1, Instant.now(), new JobOutcome.Succeeded(), List.of(lnet(2, "lnet_down")));
        String key = Long.toString(stop.jobId());
        long id = bus.publish(ServiceName.HOST, Topics.JOB_EVENTS, key, finished);
        Dispatch.RunJob unload = dispatched(HOST_DISPATCH);
        bus.again(ServiceName.HOST, Topics.JOB_EVENTS, key, finished, id);
        bus.publish(ServiceName.HOST, Topics.JOB_EVENTS, key, finished);
        succeed(unload, ServiceName.HOST, lnet(3, "lnet_unloaded"));
        awaitComplete(reply.commandId());
        assertThat(bus.soFar(HOST_DISPATCH, Duration.ofMillis(300))).isEmpty();
    }

    @Test
    void introducedObjectsCanBePlannedWithBeforeTheirFactsArrive() {
        TargetFact mgt = target(1, "unmounted");
        CommandReply reply = ask(new CommandRequest(
                key(),
                "Creating MGS",
                List.of(new CommandRequest.Want(mgt.ref(), "mounted")),
                List.of(),
                List.of(mgt),
                "admin"));
        assertThat(reply.command().get("message").asText()).isEqualTo("Creating MGS");
        Dispatch.RunJob start = dispatched(TARGET_DISPATCH);
        assertThat(start.jobClass()).isEqualTo("StartTargetJob");
        assertThat(start.seen()).anyMatch(seen -> seen.ref().equals(lnetRef()));
        succeed(start, ServiceName.TARGET, target(2, "mounted"));
        awaitComplete(reply.commandId());

        // the LNet of its server cannot go without it any more
        CommandReply stop = ask(wantLnet(key(), "lnet_down"));
        assertThat(dispatched(TARGET_DISPATCH).jobClass()).isEqualTo("StopTargetJob");
        assertThat(stop.command().get("jobs")).hasSize(2);
    }

    @Test
    void aPendingJobIsCancelledAtOnceAndARunningOneWhenItsOwnerSaysSo() {
        CommandReply reply = ask(wantLnet(key(), "lnet_unloaded"));
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        cancel(stop.jobId()).then().statusCode(200).body("state", is("tasked"));
        Dispatch.CancelJob asked = (Dispatch.CancelJob)
                bus.await(HOST_DISPATCH, heard -> heard.as(Dispatch.class) instanceof Dispatch.CancelJob)
                        .as(Dispatch.class);
        assertThat(asked.jobId()).isEqualTo(stop.jobId());
        assertThat(user().get("/api/command/" + reply.commandId() + "/")
                        .jsonPath()
                        .getBoolean("complete"))
                .isFalse();
        bus.publish(
                ServiceName.HOST,
                Topics.JOB_EVENTS,
                Long.toString(stop.jobId()),
                new JobEvent.Finished(
                        stop.jobId(), 1, Instant.now(), new JobOutcome.Cancelled(asked.reason()), List.of()));
        awaitComplete(reply.commandId());
        user().get("/api/command/" + reply.commandId() + "/").then().body("errored", is(false), "cancelled", is(true));
    }

    private Response cancel(long job) {
        return user().body(JsonNodeFactory.instance
                        .objectNode()
                        .put("id", job)
                        .put("state", "cancelled")
                        .toString())
                .put("/api/job/" + job + "/");
    }

    @Test
    void stepsAndTheirConsoleAreVisibleWhileTheyRun() {
        CommandReply reply = ask(wantLnet(key(), "lnet_down"));
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        String key = Long.toString(stop.jobId());
        bus.publish(
                ServiceName.HOST,
                Topics.JOB_EVENTS,
                key,
                new JobEvent.StepStarted(
                        stop.jobId(),
                        1,
                        Instant.now(),
                        0,
                        1,
                        1,
                        "StopLNetStep",
                        "Stopping LNet",
                        JsonNodeFactory.instance.objectNode()));
        bus.publish(
                ServiceName.HOST,
                Topics.JOB_EVENTS,
                key,
                new JobEvent.StepConsole(stop.jobId(), 1, Instant.now(), 0, 1, "a", 0, "LNET ready "));
        bus.publish(
                ServiceName.HOST,
                Topics.JOB_EVENTS,
                key,
                new JobEvent.StepConsole(stop.jobId(), 1, Instant.now(), 0, 1, "a", 1, "to unload"));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> user().queryParam("job", stop.jobId())
                .get("/api/step/")
                .then()
                .body("objects[0].console", is("LNET ready to unload"))
                .body("objects[0].state", is("incomplete")));
        bus.publish(
                ServiceName.HOST,
                Topics.JOB_EVENTS,
                key,
                new JobEvent.StepFinished(
                        stop.jobId(),
                        1,
                        Instant.now(),
                        0,
                        1,
                        true,
                        "done\n",
                        "lctl net down: 0\nLNET ready to unload\n",
                        "",
                        null));
        succeed(stop, ServiceName.HOST, lnet(2, "lnet_down"));
        awaitComplete(reply.commandId());
        user().queryParam("job", stop.jobId())
                .get("/api/step/")
                .then()
                .body("objects[0].state", is("success"))
                .body("objects[0].console", is("lctl net down: 0\nLNET ready to unload\n"));
        user().get("/api/command/" + reply.commandId() + "/").then().body("logs", is("done"));
    }

    @Test
    void locksArePublishedAndEnd() {
        CommandReply reply = ask(wantLnet(key(), "lnet_down"));
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        Bus.Heard taken =
                bus.await(Topics.LOCKS, heard -> heard.key().equals(lnetRef().toString()));
        assertThat(taken.value()).contains("\"writeJobs\":[" + stop.jobId() + "]");
        assertThat(user().queryParam("composite_ids", "162:" + host)
                        .get("/api/action/")
                        .jsonPath()
                        .getInt("meta.total_count"))
                .isZero();
        succeed(stop, ServiceName.HOST, lnet(2, "lnet_down"));
        assertThat(bus.await(Topics.LOCKS, heard -> heard.key().equals(lnetRef().toString()))
                        .value())
                .isNull();
        awaitComplete(reply.commandId());
    }

    @Test
    void postedJobsAreValidatedTogether() {
        user().body("{}")
                .post("/api/command/")
                .then()
                .statusCode(400)
                .body("message[0]", is("This attribute is mandatory"))
                .body("jobs[0]", is("This attribute is mandatory"));
        user().body("""
                        {"message": "m", "jobs": [{"args": {}}, {"class_name": "RebootHostJob"}, {"class_name": "Nope", "args": {}}]}""")
                .post("/api/command/")
                .then()
                .statusCode(400)
                .body(
                        "jobs",
                        contains(
                                "job objects must have the `class_name` attribute",
                                "job objects must have the `args` attribute",
                                "Invalid class_name 'Nope'"));
    }

    @Test
    void aJobForAServerThatDoesNotExistIsRefused() {
        for (String uri : List.of("/api/host/99999999/", "/api/host/99999999999999999999/", "nothing")) {
            user().body("""
                            {"message": "m", "jobs": [{"class_name": "DetectTargetsJob", "args": {"hosts": ["/api/host/%d/", "%s"]}}]}""".formatted(host, uri))
                    .post("/api/command/")
                    .then()
                    .statusCode(404)
                    .body("error_message", containsString("could not be processed"));
        }
    }

    @Test
    void aPostedJobRuns() {
        user().body("""
                        {"message": "Rebooting", "jobs": [{"class_name": "reboothostjob", "args": {"host_id": %d}}]}""".formatted(host))
                .post("/api/command/")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/command/"))
                .body("message", is("Rebooting"));
        Dispatch.RunJob reboot = dispatched(HOST_DISPATCH);
        assertThat(reboot.jobClass()).isEqualTo("RebootHostJob");
        assertThat(reboot.toState()).isNull();
    }

    @Test
    void withoutTheGatewaysTokenNothingIsServed() {
        given().get("/api/command/").then().statusCode(401);
        given().header("Authorization", "Bearer " + tokens.ofThisService())
                .get("/api/command/")
                .then()
                .statusCode(401);
        user().post("/internal/commands").then().statusCode(401);
    }
}
