package io.burnish.host.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.host.registration.ApiClient;
import io.burnish.kit.security.Level;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.Jobs;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that concern several servers, and the change of Corosync's port (orchestration 4.1, 4.4). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
class ServerJobsTest {

    private final ApiClient api;
    private final Servers servers;
    private final String kafka;
    private Servers.Server one;
    private Servers.Server two;
    private Bus bus;

    ServerJobsTest(ApiClient api, Servers servers, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.api = api;
        this.servers = servers;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        one = servers.managed();
        two = servers.managed();
        bus = new Bus(kafka, List.of(Topics.JOB_EVENTS, Topics.AGENT_ACTIONS));
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private ObjectNode both() {
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.putArray("host_ids").add(one.id()).add(two.id());
        return args;
    }

    private Transcript run(String jobClass, ObjectRef subject, ObjectNode args, Jobs.Agent agent) {
        return new Jobs(bus, Map.of(one.id(), "one", two.id(), "two")).run(Jobs.job(jobClass, subject, args), agent);
    }

    @Test
    void completeReportsAreTriggeredOnAllServersNamed() {
        ObjectNode args = both();
        args.putArray("plugin_names").add("linux");

        Transcript transcript = run(
                "TriggerPluginUpdatesJob",
                ObjectRef.host(0),
                args,
                action -> new ActionOutcome.Succeeded(null, List.of()));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actions())
                .extracting(ActionCommand.Run::hostId)
                .containsExactlyInAnyOrder(one.id(), two.id());
        assertThat(transcript.actions())
                .allSatisfy(action -> assertThat(action.args().toString()).isEqualTo("{\"plugin_names\":[\"linux\"]}"));
    }

    @Test
    void aServerThatIsNotReachedFailsTheTriggerByName() {
        Transcript transcript = run(
                "TriggerPluginUpdatesJob",
                ObjectRef.host(0),
                both(),
                action -> action.hostId() == one.id()
                        ? new ActionOutcome.Succeeded(null, List.of())
                        : new ActionOutcome.Unreachable("Could not contact server"));

        assertThat(((JobOutcome.Failed) transcript.outcome()).reason().sentence())
                .contains(two.fqdn())
                .doesNotContain(one.fqdn());
    }

    @Test
    void devicesOfTheServersThatAnswerAreLearned() {
        Transcript transcript = run(
                "UpdateDevicesJob",
                ObjectRef.host(0),
                both(),
                action -> action.hostId() == one.id()
                        ? new ActionOutcome.Succeeded(ContractJson.read("{\"linux\": {}}", JsonNode.class), List.of())
                        : new ActionOutcome.Failed("no lsblk", null, List.of()));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.actionNames()).containsExactly("device_plugin", "device_plugin");
        assertThat(transcript.actions())
                .allSatisfy(action -> assertThat(action.args().toString()).isEqualTo("{\"plugin\":\"linux\"}"));
        assertThat(servers.devicesKnown(one.id())).isTrue();
        assertThat(servers.devicesKnown(two.id())).isFalse();
    }

    @Test
    void thePortOfCorosyncChangesOnTheServerAndThenHere() {
        ObjectRef corosync = servers.corosync(one, 4242);

        Transcript transcript = run(
                "ConfigureCorosync2Job",
                corosync,
                JsonNodeFactory.instance.objectNode().put("mcast_port", 5000),
                action -> new ActionOutcome.Succeeded(null, List.of()));

        assertThat(transcript.outcome()).as(transcript.toString()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(transcript.action("change_mcast_port").args().toString())
                .isEqualTo("{\"old_mcast_port\":4242,\"new_mcast_port\":5000}");
        assertThat(api.as(Level.USER)
                        .get("/api/corosync_configuration/%d/".formatted(corosync.id()))
                        .then()
                        .extract()
                        .<Integer>path("mcast_port"))
                .isEqualTo(5000);
    }
}
