package io.burnish.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.job.Dispatch;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** A plan is shown before anything happens and carried out as shown or not at all; and every state can be explained. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class PlanAndExplainTest extends OneServer {

    private JsonPath planned(String state) {
        return user().body("""
                        {"wants": [{"object": "%s", "state": "%s"}]}""".formatted(lnetRef().uri(), state))
                .post("/api/plan/")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    @Test
    void aPlanSaysWhatWouldHappenAndDoesNothing() {
        JsonPath plan = planned("lnet_unloaded");
        assertThat(plan.getList("jobs.class_name")).containsExactly("StopLNetJob", "UnloadLNetJob");
        assertThat(plan.getString("jobs[0].why.kind")).isEqualTo("ON_THE_WAY");
        assertThat(plan.getString("jobs[1].why.kind")).isEqualTo("REQUESTED");
        assertThat(plan.getList("jobs[1].after", Integer.class)).containsExactly(0);
        assertThat(plan.getList("jobs[0].locks.object")).contains(lnetRef().uri());
        assertThat(plan.getList("objects.resource_uri"))
                .containsExactly(lnetRef().uri());
        assertThat(plan.getString("command")).isNull();
        user().get(explain()).then().body("finding", is("HOLDS"));
    }

    @Test
    void aPlanIsCarriedOutOnceAsShown() {
        JsonPath plan = planned("lnet_down");
        String apply = plan.getString("resource_uri") + "apply/";
        int command = user().post(apply)
                .then()
                .statusCode(202)
                .body("command.message", containsString("h" + host))
                .extract()
                .path("command.id");
        user().post(apply).then().statusCode(202).body("command.id", is(command));
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        assertThat(stop.commandIds()).containsExactly((long) command);
        succeed(stop, ServiceName.HOST, lnet(2, "lnet_down"));
        awaitComplete(command);
        user().get(plan.getString("resource_uri")).then().body("command", is("/api/command/" + command + "/"));
        assertThat(planned("lnet_down").getList("jobs")).isEmpty();
        // such a job has succeeded: the next plan knows how long it takes
        CommandReply up = ask(wantLnet(key(), "lnet_up"));
        succeed(dispatched(HOST_DISPATCH), ServiceName.HOST, lnet(3, "lnet_up"));
        awaitComplete(up.commandId());
        assertThat(planned("lnet_down").getDouble("expected_seconds")).isPositive();
    }

    @Test
    void aPlanThatTheWorldHasOvertakenIsRefused() {
        JsonPath plan = planned("lnet_unloaded");
        CommandReply other = ask(wantLnet(key(), "lnet_down"));
        user().post(plan.getString("resource_uri") + "apply/")
                .then()
                .statusCode(409)
                .body("error_message", containsString("Make a new plan"));
        succeed(dispatched(HOST_DISPATCH), ServiceName.HOST, lnet(2, "lnet_down"));
        awaitComplete(other.commandId());
        user().get(plan.getString("resource_uri")).then().body("command", nullValue());
    }

    @Test
    void mistakesAreReportedTogether() {
        user().body("""
                        {"wants": [{"object": "nothing", "state": "x"}, {"object": "/api/host/1/"}], "jobs": [{"class_name": "Nope"}]}""")
                .post("/api/plan/")
                .then()
                .statusCode(400)
                .body("wants", hasSize(2))
                .body("jobs", contains("Invalid class_name 'Nope'"));
        user().body("{}").post("/api/plan/").then().statusCode(400);
        user().body("""
                        {"wants": [{"object": "%s", "state": "upside_down"}]}""".formatted(lnetRef().uri()))
                .post("/api/plan/")
                .then()
                .statusCode(400)
                .body("state", containsString("upside_down not legal state"));
        user().post("/api/plan/99999999/apply/").then().statusCode(404);
    }

    private String explain() {
        return "/api/explain/lnet_configuration/" + host + "/";
    }

    @Test
    void theAnswerFollowsTheJobs() {
        user().queryParam("state", "lnet_down").get(explain()).then().body("finding", is("NOT_ASKED_FOR"));
        CommandReply reply = ask(wantLnet(key(), "lnet_unloaded"));
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        user().queryParam("state", "lnet_unloaded")
                .get(explain())
                .then()
                .statusCode(200)
                .body("finding", is("UNDER_WAY"))
                .body("job.state", is("pending"))
                .body("job.waits_for.resource_uri", contains("/api/job/" + stop.jobId() + "/"))
                .body("job.waits_for[0].state", is("tasked"));
        fail(stop, ServiceName.HOST, "rmmod: module lnet is in use");
        awaitComplete(reply.commandId());
        user().queryParam("state", "lnet_unloaded")
                .get(explain())
                .then()
                .body("finding", is("NOT_ASKED_FOR"))
                .body("because", empty())
                .body("last_failure.resource_uri", notNullValue())
                .body("last_failure.reason", containsString("module lnet is in use"));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        user().get("/api/explain/host/99999999/").then().statusCode(404);
        user().get("/api/explain/nothing/1/").then().statusCode(404);
        user().queryParam("state", "sideways")
                .get(explain())
                .then()
                .statusCode(400)
                .body("state", notNullValue());
    }

    @Test
    void aFailedCommandIsRetriedFromWhereItFailed() {
        CommandReply first = ask(wantLnet(key(), "lnet_unloaded"));
        String retry = "/api/command/" + first.commandId() + "/retry/";
        Dispatch.RunJob stop = dispatched(HOST_DISPATCH);
        user().post(retry).then().statusCode(400).body("state", containsString("has not ended"));
        fail(stop, ServiceName.HOST, "rmmod: module lnet is in use");
        awaitComplete(first.commandId());

        long second =
                user().post(retry).then().statusCode(202).extract().jsonPath().getLong("command.id");
        Dispatch.RunJob again = dispatched(HOST_DISPATCH);
        assertThat(again.jobClass()).isEqualTo("StopLNetJob");
        assertThat(again.resumes()).isEqualTo(stop.jobId());
        succeed(again, ServiceName.HOST, lnet(2, "lnet_down"));
        Dispatch.RunJob unload = dispatched(HOST_DISPATCH);
        succeed(unload, ServiceName.HOST, lnet(3, "lnet_unloaded"));
        awaitComplete(second);
        user().get("/api/command/" + second + "/").then().body("errored", is(false), "cancelled", is(false));
        user().post("/api/command/" + second + "/retry/")
                .then()
                .statusCode(400)
                .body("state", containsString("nothing to retry"));
        // by now everything that the first one was asked for holds
        user().post(retry).then().statusCode(204);
        user().post("/api/command/99999999/retry/").then().statusCode(404);
    }
}
