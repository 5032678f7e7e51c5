package io.burnish.host.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.host.registration.ApiClient;
import io.burnish.kit.security.Level;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.Jobs;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NIDs: what is asked for becomes one command, what the job writes, and what is refused (API contract, storage 15). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(value = CommandNeighbour.class, restrictToAnnotatedClass = true)
class NidTest {

    private final ApiClient api;
    private final Servers servers;
    private final String kafka;
    private Servers.Server server;

    NidTest(ApiClient api, Servers servers, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.api = api;
        this.servers = servers;
        this.kafka = kafka;
    }

    @BeforeEach
    void server() {
        server = servers.managed();
    }

    private ValidatableResponse post(String body) {
        return api.admin().body(body).post("/api/nid/").then();
    }

    private String link() {
        return "/api/network_interface/%d/".formatted(server.eth0());
    }

    private String nid(String rest) {
        return "{\"network_interface\": \"%s\", %s}".formatted(link(), rest);
    }

    private JsonNode show(String path) {
        return ContractJson.read(
                api.as(Level.USER).get(path).then().statusCode(200).extract().asString(), JsonNode.class);
    }

    private static CommandRequest.JobWant onlyJob() {
        CommandRequest request = CommandNeighbour.lastCommand();
        assertThat(request.message()).isEqualTo("Configuring NIDS for hosts");
        assertThat(request.jobs()).hasSize(1);
        assertThat(request.jobs().getFirst().className()).isEqualTo("ConfigureLNetJob");
        return request.jobs().getFirst();
    }

    private String args(String updates, String deletes) {
        return "{\"lnet_configuration_id\":%d,\"nid_updates\":%s,\"nid_deletes\":%s}"
                .formatted(server.lnet(), updates, deletes);
    }

    @Test
    void aNidLooksAsTheContractSays() {
        assertThat(show("/api/nid/%d/".formatted(server.eth0())).toString())
                .isEqualTo("""
                        {"lnd_network":0,"lnd_type":"tcp","lnet_configuration":"/api/lnet_configuration/%d/",\
                        "network_interface":"%s","resource_uri":"/api/nid/%d/"}""".formatted(server.lnet(), link(), server.eth0()));
    }

    @Test
    void anInterfaceLooksAsTheContractSays() {
        assertThat(show(link()).toString()).isEqualTo("""
                        {"host":"/api/host/%d/","id":%d,"inet4_address":"10.0.0.1","inet4_prefix":24,"lnd_types":["tcp"],"name":"eth0",\
                        "nid":%s,"resource_uri":"%s","state_up":true,"type":"tcp"}""".formatted(
                        server.id(), server.eth0(), show("/api/nid/%d/".formatted(server.eth0())), link()));
    }

    @ParameterizedTest
    @CsvSource({
        "nid, network_interface=%2$d",
        "nid, network_interface__id=%2$d",
        "nid, network_interface__host=%1$d",
        "nid, network_interface__host__id=%1$d",
        "nid, network_interface__host__fqdn=%4$s",
        "nid, lnet_configuration=%3$d",
        "nid, lnet_configuration__id=%3$d",
        "nid, lnet_configuration__host=%1$d",
        "nid, lnet_configuration__host__id=%1$d&id=4711",
        "network_interface, host=%1$d&id=%2$d",
        "network_interface, host__id=%1$d&id=%2$d",
        "network_interface, host__fqdn=%4$s&id=%2$d",
        "network_interface, host__fqdn__startswith=%4$s&id=%2$d",
        "lnet_configuration, host=%1$d",
        "lnet_configuration, host__id=%1$d",
        "lnet_configuration, host__fqdn=%4$s",
        "lnet_configuration, id=%3$d",
        "corosync_configuration, host__fqdn=%4$s",
        "pacemaker_configuration, host__fqdn__startswith=%4$s"
    })
    void filtersFindTheServersOwn(String resource, String query) {
        String filter = query.formatted(server.id(), server.eth0(), server.lnet(), server.fqdn());
        JsonNode list = show("/api/%s/?%s".formatted(resource, filter));

        assertThat(list.at("/meta/total_count").asInt()).isEqualTo(1);
        JsonNode host = list.at("/objects/0/host");
        if (!host.isMissingNode()) {
            assertThat(host.isObject() ? host.get("resource_uri").asText() : host.asText())
                    .isEqualTo("/api/host/%d/".formatted(server.id()));
        }
    }

    @Test
    void expandedNidsAreThoseOfTheNidResource() {
        JsonNode lnet = show("/api/lnet_configuration/?host__id=%d&dehydrate__nids=True&dehydrate__host=True"
                        .formatted(server.id()))
                .at("/objects/0");

        assertThat(lnet.get("nids"))
                .isEqualTo(show("/api/nid/?lnet_configuration__id=" + server.lnet())
                        .get("objects"));
        assertThat(lnet.at("/host/nids/0").asText()).isEqualTo("10.0.0.1@tcp0");
    }

    @Test
    void settingANidAsksForOneJob() {
        post(nid("\"lnd_network\": 3, \"lnd_type\": \"tcp\""))
                .statusCode(202)
                .body("command.message", equalTo("Configuring NIDS for hosts"));

        assertThat(onlyJob().args().toString())
                .isEqualTo(args("{\"%d\":{\"lnd_network\":3,\"lnd_type\":\"tcp\"}}".formatted(server.eth0()), "[]"));
    }

    @Test
    void aGetCopyMaySetItAgainAndMinusOneRemovesIt() {
        JsonNode copy = show("/api/nid/%d/".formatted(server.eth0()));
        post(copy.toString()).statusCode(202);

        post(nid("\"lnd_network\": -1")).statusCode(202);

        assertThat(onlyJob().args().toString()).isEqualTo(args("{}", "[%d]".formatted(server.eth0())));
    }

    @Test
    void severalServersAreOneCommandWithAJobForEach() {
        Servers.Server other = servers.managed();

        post("{\"objects\": [%s, {\"network_interface\": \"/api/network_interface/%d/\", \"lnd_network\": -1}]}"
                        .formatted(nid("\"lnd_network\": 3, \"lnd_type\": \"tcp\""), other.eth0()))
                .statusCode(202);

        assertThat(CommandNeighbour.lastCommand().jobs())
                .extracting(job -> job.args().get("lnet_configuration_id").asLong())
                .containsExactly(server.lnet(), other.lnet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'lnd_type': 'tcp'|lnd_network|Field lnd_network not present in data",
                "'lnd_network': 1|lnd_type|Field lnd_type not present in data",
                "'lnd_network': 1, 'lnd_type': 'tcp', 'extra': 1|extra|Additional field(s) extra found in data",
                "'lnd_network': 1, 'lnd_type': 'o2ib'|lnd_type|lnd_type o2ib not valid for interface %s-eth0",
                "'lnd_network': -1, 'lnd_type': 'blop'|lnd_type|lnd_type blop not valid for interface %s-eth0",
                "'lnd_network': 70000, 'lnd_type': 'tcp'|lnd_network|Must be a number from 0 to 65535, or -1 for none",
                "'lnd_network': '1', 'lnd_type': 'tcp'|lnd_network|Must be a number from 0 to 65535, or -1 for none",
            })
    void whatIsWrongIsSaid(String rest, String field, String message) {
        int before = CommandNeighbour.commands().size();
        String good = "{\"network_interface\": \"/api/network_interface/%d/\", \"lnd_network\": -1}"
                .formatted(servers.managed().eth0());
        String bad = nid(rest.replace('\'', '"'));
        String expected = "{\"%s\":[\"%s\"]}".formatted(field, message.formatted(server.fqdn()));

        assertThat(post(bad).statusCode(400).extract().asString()).isEqualTo(expected);
        assertThat(post("{\"objects\": [%s, %s]}".formatted(good, bad))
                        .statusCode(400)
                        .extract()
                        .asString())
                .isEqualTo(expected);
        assertThat(CommandNeighbour.commands()).hasSize(before);
    }

    @Test
    void linksMustLeadSomewhere() {
        post("{\"lnd_network\": 1, \"lnd_type\": \"tcp\"}")
                .statusCode(400)
                .body("network_interface[0]", equalTo("Field network_interface not present in data"));
        for (String link : List.of("/api/network_interface/99999999/", "/api/host/%d/".formatted(server.id()), "x")) {
            assertThat(post("{\"network_interface\": \"%s\", \"lnd_network\": 1, \"lnd_type\": \"tcp\"}"
                                    .formatted(link))
                            .statusCode(400)
                            .extract()
                            .asString())
                    .isEqualTo("{\"%1$s\":[\"Resource %1$s was not found\"]}".formatted(link));
        }
    }

    @Test
    void whatCannotHaveANidIsRefused() {
        String one =
                "{\"network_interface\": \"/api/network_interface/%d/\", \"lnd_network\": 1, \"lnd_type\": \"tcp\"}";
        post(one.formatted(server.eth1()))
                .statusCode(400)
                .body(
                        "network_interface[0]",
                        equalTo("Interface %s-eth1 has no IPv4 address".formatted(server.fqdn())));
        Servers.Server watched = servers.create("base_monitored", "monitored", "lnet_up");
        post(one.formatted(watched.eth0())).statusCode(400);
        Servers.Server bare = servers.create("base_managed_rh7", "unconfigured", "unconfigured");
        post(one.formatted(bare.eth0())).statusCode(400);
        post("{\"objects\": [%1$s, %1$s]}".formatted(one.formatted(server.eth0())))
                .statusCode(400);
        post("{\"objects\": 3}").statusCode(400);
    }

    @Test
    void puttingRequiresTheInterfaceOfTheUrl() {
        Servers.Server other = servers.managed();
        String body = nid("\"lnd_network\": 5, \"lnd_type\": \"tcp\"");

        api.admin()
                .body(body)
                .put("/api/nid/%d/".formatted(server.eth0()))
                .then()
                .statusCode(202);
        api.admin()
                .body(body)
                .put("/api/nid/%d/".formatted(other.eth0()))
                .then()
                .statusCode(400);
        api.admin()
                .body(body)
                .put("/api/nid/%d/".formatted(server.eth1()))
                .then()
                .statusCode(404);
        api.as(Level.USER)
                .body(body)
                .put("/api/nid/%d/".formatted(server.eth0()))
                .then()
                .statusCode(401);
    }

    @Test
    void deletingAnswersWithoutBodyAndNeverRemovesEverything() {
        assertThat(api.admin()
                        .delete("/api/nid/%d/".formatted(server.eth0()))
                        .then()
                        .statusCode(204)
                        .extract()
                        .asString())
                .isEmpty();
        assertThat(onlyJob().args().toString()).isEqualTo(args("{}", "[%d]".formatted(server.eth0())));

        assertThat(api.admin()
                        .delete("/api/nid/%d/".formatted(server.eth1()))
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString())
                .isEmpty();
        int before = CommandNeighbour.commands().size();
        api.admin().delete("/api/nid/").then().statusCode(400);
        api.admin().delete("/api/nid/?limit=0&id=3").then().statusCode(400);
        assertThat(CommandNeighbour.commands()).hasSize(before);

        api.admin()
                .delete("/api/nid/?network_interface__host=" + server.id())
                .then()
                .statusCode(204);
        assertThat(CommandNeighbour.commands()).hasSize(before + 1);
        assertThat(onlyJob().args().toString()).isEqualTo(args("{}", "[%d]".formatted(server.eth0())));
    }

    @Test
    void theJobWritesWhatIsToBeAndLearnsWhatIs() {
        try (Bus bus = new Bus(
                kafka, List.of(Topics.JOB_EVENTS, Topics.AGENT_ACTIONS, Topics.facts(ObjectType.LNET_CONFIGURATION)))) {
            servers.state(server.lnetRef(), "lnet_unloaded");
            var args = JsonNodeFactory.instance.objectNode();
            args.putObject("nid_updates")
                    .putObject(Long.toString(server.eth0()))
                    .put("lnd_network", 4)
                    .put("lnd_type", "tcp");
            Jobs.Agent agent = action -> new ActionOutcome.Succeeded(
                    action.action().equals("device_plugin") ? ContractJson.read("""
                                    {"linux_network": {"interfaces": null, "lnet": {"state": "lnet_unloaded", "nids": {
                                        "eth0": {"nid_address": "10.0.0.1", "lnd_type": "tcp", "lnd_network": 4}}}}}""", JsonNode.class) : null, List.of());

            Transcript transcript = new Jobs(bus, Map.of(server.id(), "oss"))
                    .run(Jobs.job("ConfigureLNetJob", server.lnetRef(), args), agent);

            assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
            assertThat(transcript.actionNames()).containsExactly("configure_lnet", "device_plugin");
            assertThat(transcript
                            .action("configure_lnet")
                            .args()
                            .get("lnet_configuration")
                            .toString())
                    .isEqualTo("""
                            {"state":"lnet_unloaded","modprobe_entries":["tcp4(eth0)"],"network_interfaces":[["10.0.0.1","tcp",4]]}""");
            assertThat(show("/api/nid/%d/".formatted(server.eth0()))
                            .get("lnd_network")
                            .asInt())
                    .isEqualTo(4);
            bus.await(
                    Topics.facts(ObjectType.LNET_CONFIGURATION),
                    heard -> heard.key().equals(server.lnetRef().toString())
                            && heard.value().contains("10.0.0.1@tcp4"));
        }
    }
}
