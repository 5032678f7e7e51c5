package io.burnish.host.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.host.registration.ApiClient;
import io.burnish.kit.security.Level;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PUT and DELETE of servers and of what belongs to them, and HA clusters (API contract, core 2.15, 2.19, storage 17 to 19). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(value = CommandNeighbour.class, restrictToAnnotatedClass = true)
class HostRequestsTest {

    private final ApiClient api;
    private final Servers servers;
    private Servers.Server server;

    HostRequestsTest(ApiClient api, Servers servers) {
        this.api = api;
        this.servers = servers;
    }

    @BeforeEach
    void server() {
        server = servers.managed();
    }

    private JsonNode show(String path) {
        return ContractJson.read(
                api.as(Level.USER).get(path).then().statusCode(200).extract().asString(), JsonNode.class);
    }

    private ValidatableResponse put(String path, String body) {
        return api.admin().body(body).put(path).then();
    }

    private String path() {
        return "/api/host/%d/".formatted(server.id());
    }

    private static void assertWants(ObjectRef object, String state) {
        assertThat(CommandNeighbour.lastCommand().wants()).containsExactly(new CommandRequest.Want(object, state));
    }

    @Test
    void aServerGoesToTheStateThatAPutNames() {
        put(path(), "{\"state\": \"removed\"}")
                .statusCode(202)
                .body("command.id", equalTo(CommandNeighbour.commands().size()));
        assertWants(ObjectRef.host(server.id()), "removed");
        // a complete copy is as good, whatever the URL says: its address counts
        put("/api/host/99999999/", show(path()).toString().replace("\"state\":\"managed\"", "\"state\":\"removed\""))
                .statusCode(202);
        assertWants(ObjectRef.host(server.id()), "removed");
        put(path(), "{\"state\": \"managed\"}").statusCode(204);
        put(path(), "{\"state\": \"managed\", \"dry_run\": true}").statusCode(204);
    }

    @Test
    void aDryRunOfAServerAnswers202() {
        CommandNeighbour.report(new DryRun.Report(null, List.of()));

        put(path(), "{\"state\": \"removed\", \"dry_run\": true}")
                .statusCode(202)
                .body("dependency_jobs", equalTo(List.of()));
    }

    @Test
    void whatAPutOfAServerCannotDoIsSaid() {
        put(path(), "{}")
                .statusCode(400)
                .body("error", equalTo("State data not present for host " + server.fqdn()))
                .body("traceback", nullValue());
        put("/api/host/99999999/", "{\"state\": \"removed\"}")
                .statusCode(400)
                .body("error", equalTo("Couldn't find an instance of 'ManagedHost' which matched 'pk=99999999'."));
        put(path(), "{\"address\": \"nobody\", \"state\": \"removed\"}")
                .statusCode(400)
                .body("error", equalTo("ManagedHost matching query does not exist."));
        CommandNeighbour.refuse("zzz", new Refusal("state", "zzz not legal state", null));
        put(path(), "{\"state\": \"zzz\"}")
                .statusCode(400)
                .body("error.state", equalTo("zzz not legal state"))
                .body("traceback", nullValue());
        put("/api/host/", "{}").statusCode(400);
        put("/api/host/", "{\"objects\": [{\"address\": \"%s\"}, {}]}".formatted(server.fqdn()))
                .statusCode(400)
                .body("objects[0].error", equalTo("Bulk setting of state not yet supported"))
                .body("objects[1].error", equalTo("Unable to decipher target host"));
    }

    @Test
    void aServerIsRemovedByDelete() {
        api.admin().delete(path()).then().statusCode(202);
        assertWants(ObjectRef.host(server.id()), "removed");
        api.admin().delete("/api/host/99999999/").then().statusCode(404);
        api.as(Level.USER).delete(path()).then().statusCode(401);
    }

    @Test
    void serversWithoutCommonPeersAreInNoCluster() {
        Servers.Server other = servers.managed();
        servers.cluster(server, other);

        JsonNode clusters = show("/api/ha_cluster/?limit=0").get("objects");

        JsonNode found = null;
        for (JsonNode cluster : clusters) {
            if (cluster.at("/peers/0/id").asLong() == server.id()) {
                found = cluster;
            }
        }
        assertThat(found).isNotNull();
        assertThat(found.get("peers")).hasSize(2);
        assertThat(found.at("/peers/0")).isEqualTo(show(path()));
        assertThat(found.at("/peers/1/fqdn").asText()).isEqualTo(other.fqdn());
        ObjectRef corosync = servers.configuration(ObjectType.COROSYNC_CONFIGURATION, other.id());
        assertThat(show("/api/corosync_configuration/%d/".formatted(corosync.id()))
                        .get("corosync_reported_up")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aKilledPeerIsReportedDown() {
        Servers.Server other = servers.managed();
        servers.cluster(server, other);
        servers.report(server.id(), "corosync", """
                {"crm_info": {"datetime": "2026-01-01T00:00:00Z", "nodes": {"%s": {"online": "true"}, "%s": {"online": "false"}}},
                "state": null}""".formatted(server.fqdn(), other.fqdn()));

        assertThat(reportedUp(server)).isTrue();
        assertThat(reportedUp(other)).isFalse();
    }

    private boolean reportedUp(Servers.Server one) {
        return show("/api/corosync_configuration/?host__id=" + one.id())
                .at("/objects/0/corosync_reported_up")
                .asBoolean();
    }

    @Test
    void lnetOfSeveralServersGoesToAStateByOneCommand() {
        Servers.Server other = servers.managed();

        put("/api/lnet_configuration/", """
                {"objects": [{"host": {"id": %d}, "state": "lnet_down"}, {"host": "/api/host/%d/", "state": "lnet_unloaded"}]}""".formatted(server.id(), other.id())).statusCode(202);

        assertThat(CommandNeighbour.lastCommand().wants())
                .containsExactly(
                        new CommandRequest.Want(server.lnetRef(), "lnet_down"),
                        new CommandRequest.Want(other.lnetRef(), "lnet_unloaded"));
        put("/api/lnet_configuration/", "{}").statusCode(400).body("error", equalTo("Invalid data sent."));
        put("/api/lnet_configuration/", "{\"objects\": [{\"host\": {\"id\": 99999999}, \"state\": \"lnet_up\"}]}")
                .statusCode(400)
                .body("host", hasItem(containsString("99999999")));
        put("/api/lnet_configuration/%d/".formatted(server.lnet()), "{}").statusCode(204);
        put("/api/lnet_configuration/%d/".formatted(server.lnet()), "{\"state\": \"lnet_down\"}")
                .statusCode(202);
        assertWants(server.lnetRef(), "lnet_down");
        put("/api/pacemaker_configuration/", "{\"objects\": []}").statusCode(405);
        put("/api/ntp_configuration/", "{\"objects\": []}").statusCode(405);
    }

    @Test
    void anotherCorosyncPortIsAJob() {
        ObjectRef corosync = servers.corosync(server, 4242);
        String path = "/api/corosync_configuration/%d/".formatted(corosync.id());
        String copy = show(path).toString().replaceAll("\"state\":\"[a-z]*\",", "");
        assertThat(show(path).get("label").asText()).isEqualTo("corosync2 configuration");

        put(path, copy.replace("4242", "5000"))
                .statusCode(202)
                .body("message", equalTo("Update Corosync Configuration on host " + server.fqdn()));

        CommandRequest.JobWant job = CommandNeighbour.lastCommand().jobs().getFirst();
        assertThat(job.className()).isEqualTo("ConfigureCorosync2Job");
        assertThat(job.args().toString())
                .isEqualTo("{\"corosync_configuration_id\":%d,\"mcast_port\":5000}".formatted(corosync.id()));
        put(path, copy).statusCode(204);
        put("/api/corosync_configuration/", "{\"objects\": [%s, {}]}".formatted(copy.replace("4242", "5001")))
                .statusCode(400)
                .body("objects[0].command.message", containsString(server.fqdn()))
                .body("objects[1].error", equalTo("'id'"));
        put(path, "{\"id\": %d, \"network_interfaces\": []}".formatted(corosync.id()))
                .statusCode(400)
                .body("error", equalTo("'mcast_port'"))
                .body("traceback", nullValue());
        put(path, copy.replaceAll("\"network_interfaces\":\\[[^]]*]", "\"network_interfaces\":[]"))
                .statusCode(400)
                .body("error", containsString("one or two interfaces"));
        put(path, copy.replace("4242", "70000")).statusCode(400).body("error", containsString("mcast_port"));
    }
}
