package io.burnish.host.switching;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.OutletFact;
import io.burnish.contracts.fact.PowerDeviceFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.host.HostStore;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Power is switched and watched through fence agents, and clusters learn how to fence (orchestration 13.1, 13.2). */
@QuarkusTest
@TestProfile(PluggedProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class SwitchingTest {

    private static final String SECRET = "geheim-4711";
    private static final AtomicLong NUMBER = new AtomicLong(1);

    private final Tokens tokens;
    private final Database database;
    private final HostStore hosts;
    private final ConfigurationStore configurations;
    private final String kafka;
    private Bus bus;
    private String address;
    private JsonNode unit;
    private long host;

    SwitchingTest(
            Tokens tokens,
            Database database,
            HostStore hosts,
            ConfigurationStore configurations,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.tokens = tokens;
        this.database = database;
        this.hosts = hosts;
        this.configurations = configurations;
        this.kafka = kafka;
    }

    @BeforeEach
    void aUnitFeedsAServerTwice() {
        bus = new Bus(
                kafka,
                List.of(
                        Topics.JOB_EVENTS,
                        Topics.AGENT_ACTIONS,
                        Topics.facts(ObjectType.HOST),
                        Topics.facts(ObjectType.POWER_CONTROL_DEVICE),
                        Topics.facts(ObjectType.POWER_CONTROL_DEVICE_OUTLET)));
        address = "203.0.113." + NUMBER.incrementAndGet();
        String name = "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        host = database.transaction(tx -> {
            long id = hosts.register(tx, new HostRegistry.Registration(name, name, name, "base_managed_rh7"))
                    .hostId();
            hosts.confirm(tx, id);
            return id;
        });
        String type = ContractJson.read(
                        as().get("/api/power_control_type/?name=APC 7900 (8 outlets)")
                                .asString(),
                        JsonNode.class)
                .at("/objects/0/resource_uri")
                .asText();
        unit = send(
                "POST",
                "/api/power_control_device/",
                object().put("device_type", type).put("address", address).put("password", SECRET));
        for (int outlet : new int[] {0, 1}) {
            send("PATCH", outlet(outlet), object().put("host", "/api/host/" + host + "/"));
        }
    }

    @AfterEach
    void close() {
        as().delete(unit.get("resource_uri").asText());
        bus.close();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private RequestSpecification as() {
        return given().header(
                        "Authorization",
                        "Bearer " + tokens.mint(new Principal(7, "somebody", Level.SUPERUSER, true, null)))
                .contentType("application/json");
    }

    private JsonNode send(String method, String path, ObjectNode body) {
        String answer = as().body(body.toString()).request(method, path).asString();
        return ContractJson.read(answer, JsonNode.class);
    }

    private String outlet(int number) {
        return unit.at("/outlets/" + number + "/resource_uri").asText();
    }

    private static Path remembered(String name) {
        return PluggedProfile.agents.resolve(name);
    }

    private List<Boolean> power() {
        return database.transaction(tx -> hosts.fact(tx, host)).outletPower();
    }

    private void powerBecomes(Boolean... power) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(power()).containsExactly(power));
    }

    private static Dispatch.RunJob job(String jobClass, ObjectRef subject) {
        long id = 70_000 + NUMBER.incrementAndGet();
        return new Dispatch.RunJob(
                id, 1, id * 10, jobClass, subject, jobClass, null, null, object(), List.of(1L), List.of(), null);
    }

    private void dispatch(Dispatch.RunJob job) {
        bus.publish(
                ServiceName.COMMAND,
                Topics.dispatch(ServiceName.HOST),
                job.subject().toString(),
                job);
    }

    private JobEvent.Finished run(String jobClass) {
        Dispatch.RunJob job = job(jobClass, ObjectRef.host(host));
        dispatch(job);
        return (JobEvent.Finished) bus.await(
                        Topics.JOB_EVENTS,
                        heard -> heard.key().equals(Long.toString(job.jobId()))
                                && heard.as(JobEvent.class) instanceof JobEvent.Finished)
                .as(JobEvent.class);
    }

    @Test
    void powerIsSwitchedOnEverySupplyAndNobodySeesThePassword() throws IOException {
        powerBecomes(true, true);

        assertThat(run("PoweroffHostJob").outcome().toString()).containsIgnoringCase("succe");
        assertThat(power()).containsExactly(false, false);
        assertThat(remembered("off-" + address + "-1")).exists();
        assertThat(remembered("off-" + address + "-2")).exists();

        assertThat(run("PoweronHostJob").outcome().toString()).containsIgnoringCase("succe");
        assertThat(power()).containsExactly(true, true);

        Files.delete(remembered("calls"));
        assertThat(run("PowercycleHostJob").outcome().toString()).containsIgnoringCase("succe");
        List<String> switched = Files.readAllLines(remembered("calls")).stream()
                .filter(line -> line.matches("action=(on|off)"))
                .toList();
        assertThat(switched).containsExactly("action=off", "action=off", "action=on", "action=on");
        assertThat(Files.readAllLines(remembered("calls")))
                .contains("passwd=" + SECRET)
                .allMatch(line -> !line.startsWith("args=") || line.equals("args="));
    }

    @Test
    void anOutletThatDoesNotSwitchFailsTheJobButNotTheOthers() throws IOException {
        powerBecomes(true, true);
        Files.createFile(remembered("stuck-" + address + "-1"));

        JobEvent.Finished end = run("PoweroffHostJob");

        assertThat(end.toString())
                .contains("outlet 1 of " + address + ": plug is stuck")
                .doesNotContain(SECRET);
        assertThat(remembered("off-" + address + "-2")).exists();
        // the next look knows better than the failed command
        powerBecomes(true, false);
    }

    @Test
    void aServerWithoutOutletsCannotBeSwitched() {
        for (int outlet : new int[] {0, 1}) {
            send("PATCH", outlet(outlet), object().putNull("host"));
        }
        assertThat(run("PowercycleHostJob").toString()).contains("No outlet feeds");
    }

    @Test
    void aUnitThatDoesNotAnswerHasOutletsOfWhichNothingIsKnown() throws IOException {
        powerBecomes(true, true);
        long id = unit.get("id").asLong();

        Files.createFile(remembered("dead-" + address));
        powerBecomes(null, null);
        assertThat(device(id, false).label()).isEqualTo(address);

        Files.delete(remembered("dead-" + address));
        powerBecomes(true, true);
        device(id, true);
        bus.await(
                Topics.facts(ObjectType.HOST),
                heard -> heard.value() != null
                        && heard.as(FactMessage.class).fact() instanceof HostFact fact
                        && fact.id() == host
                        && fact.outletPower().equals(List.of(true, true)));
    }

    private PowerDeviceFact device(long id, boolean monitored) {
        return (PowerDeviceFact) bus.await(
                        Topics.facts(ObjectType.POWER_CONTROL_DEVICE),
                        heard -> heard.value() != null
                                && heard.as(FactMessage.class).fact() instanceof PowerDeviceFact fact
                                && fact.id() == id
                                && fact.monitored() == monitored)
                .as(FactMessage.class)
                .fact();
    }

    @Test
    void aBmcIsAskedByItself() throws IOException {
        String type = ContractJson.read(
                        as().get("/api/power_control_type/?name=IPMI 2.0 (LANplus)")
                                .asString(),
                        JsonNode.class)
                .at("/objects/0/resource_uri")
                .asText();
        JsonNode bmcs = send(
                "POST",
                "/api/power_control_device/",
                object().put("device_type", type)
                        .put("address", "0.0.0.0")
                        .put("port", 7000 + NUMBER.incrementAndGet()));
        String good = "198.51.100." + NUMBER.incrementAndGet();
        String bad = "198.51.100." + NUMBER.incrementAndGet();
        Files.createFile(remembered("dead-" + bad));
        for (String one : new String[] {good, bad}) {
            send(
                    "POST",
                    "/api/power_control_device_outlet/",
                    object().put("device", bmcs.get("resource_uri").asText()).put("identifier", one));
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode outlets = ContractJson.read(
                            as().get(bmcs.get("resource_uri").asText()).asString(), JsonNode.class)
                    .get("outlets");
            assertThat(outlets.get(0).get("has_power").asText()).isEqualTo("true");
            assertThat(outlets.get(1).get("has_power").isNull()).isTrue();
        });
        bus.await(
                Topics.facts(ObjectType.POWER_CONTROL_DEVICE_OUTLET),
                heard -> heard.value() != null
                        && heard.as(FactMessage.class).fact() instanceof OutletFact fact
                        && fact.label().equals(bad)
                        && !fact.monitored());
        as().delete(bmcs.get("resource_uri").asText());
    }

    @Test
    void aClusterLearnsHowItsServerIsFencedOnceItRuns() {
        long pacemaker = database.transaction(tx -> configurations
                .idOn(tx, ObjectType.PACEMAKER_CONFIGURATION, host)
                .orElseThrow());
        ObjectRef ref = new ObjectRef(ObjectType.PACEMAKER_CONFIGURATION, pacemaker);
        Dispatch.RunJob early = job("ConfigureHostFencingJob", ref);
        dispatch(early);
        assertThat(bus.await(
                                Topics.JOB_EVENTS,
                                heard -> heard.key().equals(Long.toString(early.jobId()))
                                        && heard.as(JobEvent.class) instanceof JobEvent.Finished)
                        .value())
                .contains("cannot be configured");
        assertThat(CommandNeighbour.commands()).noneMatch(command -> asksFor(command, pacemaker));

        database.run(tx -> {
            configurations.changeState(tx, ref, "started", false);
            hosts.changeState(tx, host, "managed", false);
        });

        await().atMost(Duration.ofSeconds(30))
                .until(() -> CommandNeighbour.commands().stream().anyMatch(command -> asksFor(command, pacemaker)));
        Dispatch.RunJob job = job("ConfigureHostFencingJob", ref);
        dispatch(job);
        ActionCommand.Run action = (ActionCommand.Run) bus.await(
                        Topics.AGENT_ACTIONS,
                        heard -> heard.as(ActionCommand.class).actionId().startsWith(job.jobId() + "."))
                .as(ActionCommand.class);
        assertThat(action.args().get("agents")).hasSize(2);
        JsonNode agent = action.args().at("/agents/0");
        assertThat(agent.at("/password/$secret").asText()).isNotEmpty();
        assertThat(agent.toString()).doesNotContain(SECRET);
        ((ObjectNode) agent).remove("password");
        assertThat(agent.toString())
                .isEqualTo("{\"agent\":\"fence_apc\",\"login\":\"apc\",\"plug\":\"1\",\"ipaddr\":\"%s\",\"ipport\":23}"
                        .formatted(address));
    }

    private static boolean asksFor(CommandRequest command, long pacemaker) {
        return command.jobs().stream()
                .anyMatch(job -> job.className().equals("ConfigureHostFencingJob")
                        && job.args().path("pacemaker_configuration_id").asLong() == pacemaker);
    }
}
