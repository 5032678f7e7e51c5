package io.burnish.target.confparam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Database;
import io.burnish.target.lab.Agents;
import io.burnish.target.lab.JobLab;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parameters of targets and file systems on their way to the MGS (API contract, storage 25.4, 25.5). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class ParametersTest {

    private static final String OST = "scratch-OST0000";

    private final Lab lab;
    private final String kafka;
    private final Database database;
    private final ParameterPush push;
    private Pair pair;
    private FilesystemFact filesystem;
    private long ost;

    ParametersTest(
            Lab lab,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka,
            Database database,
            ParameterPush push) {
        this.lab = lab;
        this.kafka = kafka;
        this.database = database;
        this.push = push;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
        filesystem = pair.filesystem();
        ost = lab.target("OST", pair.diskOfTwo(), filesystem);
        pair.bring(ost, OST, "registered", pair.two());
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private ValidatableResponse put(String body) {
        return lab.admin().body(body).put("/api/target/" + ost + "/").then();
    }

    private ValidatableResponse set(String name, String value) {
        return put("{\"kind\": \"OST\", \"id\": %d, \"conf_params\": {\"%s\": %s}}"
                .formatted(ost, name, value == null ? "null" : "\"" + value + "\""));
    }

    private Transcript apply(JobLab.Agent agent) {
        return pair.jobs().run(JobLab.move("ApplyConfParams", pair.mgt()), agent);
    }

    private static List<String> settings(Transcript transcript) {
        return transcript.actions().stream()
                .map(action -> action.action() + " " + action.args())
                .toList();
    }

    private static String setting(String key, String value) {
        return "set_conf_param {\"key\":\"%s\",\"value\":%s}"
                .formatted(key, value == null ? "null" : "\"" + value + "\"");
    }

    private JsonNode view(long target) {
        return ContractJson.read(
                lab.admin()
                        .get("/api/target/" + target + "/conf_params/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                JsonNode.class);
    }

    private List<Boolean> applied(long target) {
        return view(target).findValues("applied").stream()
                .map(JsonNode::asBoolean)
                .toList();
    }

    @Test
    void aChangeIsStoredShownAndAskedToBeApplied() {
        set("osc.max_dirty_mb", "16")
                .statusCode(202)
                .body("command.message", is("Updating configuration parameters"))
                .body("target.id", is((int) ost))
                .body("target.conf_params.'osc.max_dirty_mb'", is("16"));

        CommandRequest asked = CommandNeighbour.lastCommand();
        assertThat(asked.jobs())
                .containsExactly(new CommandRequest.JobWant(
                        "ApplyConfParams", JsonNodeFactory.instance.objectNode().put("mgs_id", (int) pair.mgt())));
        assertThat(asked.introduced()).extracting(fact -> fact.ref().id()).containsExactly(ost);
        int commands = CommandNeighbour.commands().size();
        set("osc.max_dirty_mb", "16").statusCode(200);
        set("osc.max_rpcs_in_flight", null).statusCode(200);
        assertThat(CommandNeighbour.commands()).hasSize(commands);

        Transcript transcript = apply(Agents.obedient(OST, "oss2"));
        assertThat(settings(transcript)).containsExactly(setting("scratch-OST0000.osc.max_dirty_mb", "16"));
        assertThat(transcript.actions().getFirst().hostId())
                .isEqualTo(pair.one().id());
        assertThat(transcript.toString()).contains("Set scratch-OST0000.osc.max_dirty_mb to 16 on the MGS on oss1");

        set("osc.max_dirty_mb", null).statusCode(202).body("target.conf_params.'osc.max_dirty_mb'", is((Object) null));
        assertThat(settings(apply(Agents.obedient(OST, "oss2"))))
                .containsExactly(setting("scratch-OST0000.osc.max_dirty_mb", null));
        assertThat(settings(apply(Agents.obedient(OST, "oss2")))).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidByParameter() {
        put("{\"conf_params\": {\"osc.active\": \"1\"}}")
                .statusCode(400)
                .body("kind", contains("Must be one of ['OST', 'MDT', 'MGT']"))
                .body("id", contains("Field is mandatory"));
        put("{\"kind\": \"MDT\", \"id\": %d, \"conf_params\": {\"osc.active\": \"1\"}}".formatted(ost))
                .statusCode(400)
                .body("id", contains("No ManagedMdt with ID " + ost + " found"));
        put("{\"kind\": \"OST\", \"id\": 1, \"conf_params\": {\"osc.active\": \"1\"}}")
                .statusCode(400)
                .body("id", contains("No ManagedOst with ID 1 found"));
        put("{\"kind\": \"OST\", \"id\": \"%d\", \"conf_params\": {\"osc.active\": \"2\", \"x\": null, \"lov.stripesize\": \"1\"}}"
                        .formatted(ost))
                .statusCode(400)
                .body("conf_params.'osc.active'", contains("Must be one of ['0', '1']"))
                .body("conf_params.x", contains("Unknown parameter"))
                .body("conf_params.'lov.stripesize'", contains("Only valid for MDT"));
        put("{\"kind\": \"OST\", \"id\": %d, \"conf_params\": [1]}".formatted(ost))
                .statusCode(400)
                .body("conf_params", contains("Must be an object"));
        assertThat(view(pair.mgt()).get("parameters")).isEmpty();
    }

    @Test
    void anMgtHasNoParameters() {
        String mgt = "/api/target/" + pair.mgt() + "/";
        lab.admin()
                .body("{\"kind\": \"MGT\", \"id\": %d, \"conf_params\": {\"osc.active\": \"1\"}}".formatted(pair.mgt()))
                .put(mgt)
                .then()
                .statusCode(400)
                .body("conf_params.'osc.active'", contains("Only valid for OST"));
        lab.admin().body("{\"conf_params\": {}}").put(mgt).then().statusCode(200);
        lab.admin().body("{\"conf_params\": null}").put(mgt).then().statusCode(200);
    }

    @Test
    void aWatchedTargetKeepsItsParameters() {
        database.run(tx -> tx.update("UPDATE target SET immutable_state = true WHERE id = $1", ost));
        set("osc.active", "0")
                .statusCode(400)
                .body("conf_params", contains("Cannot modify conf_params on immutable_state objects"));
        set("osc.active", null).statusCode(200);
    }

    @Test
    void whatIsNotAskedForInTheEndIsNotStored() {
        CommandNeighbour.refuse("ApplyConfParams", new Refusal("state", "The MGS cannot be started.", null));
        set("osc.active", "0").statusCode(400).body("conf_params", contains("The MGS cannot be started."));
        CommandNeighbour.refuse("ApplyConfParams", null);

        assertThat(lab.show(ost).at("/conf_params/osc.active").isNull()).isTrue();
        // whoever recorded for this MGS in between has it taken back; it is never set
        assertThat(settings(apply(Agents.obedient(OST, "oss2"))))
                .isSubsetOf(setting("scratch-OST0000.osc.active", null));
    }

    @Test
    void aDryRunStoresNothing() {
        put("{\"kind\": \"OST\", \"id\": %d, \"dry_run\": true, \"conf_params\": {\"osc.active\": \"0\"}}"
                        .formatted(ost))
                .statusCode(200)
                .body("conf_params.'osc.active'", is((Object) null));
    }

    @Test
    void whatTheMgsHasNotTakenIsShown() {
        set("osc.active", "0");
        set("ost.sync_journal", "1");
        Transcript transcript =
                apply(action -> action.args().path("key").asText().endsWith("osc.active")
                        ? Agents.succeeded(null)
                        : Agents.failed("the MGS did not record it"));

        assertThat(transcript.outcome()).isInstanceOf(JobOutcome.Failed.class);
        JsonNode mgs = view(pair.mgt());
        assertThat(mgs.get("applied_version").asInt())
                .isLessThan(mgs.get("version").asInt());
        assertThat(mgs.at("/parameters/0/name").asText()).isEqualTo("scratch-OST0000.osc.active");
        assertThat(mgs.at("/parameters/0/object").asText()).isEqualTo("/api/target/" + ost + "/");
        assertThat(applied(pair.mgt())).containsExactly(true, false);
        assertThat(applied(ost)).containsExactly(true, false);

        assertThat(settings(apply(Agents.obedient(OST, "oss2"))))
                .containsExactly(setting("scratch-OST0000.ost.sync_journal", "1"));
        mgs = view(pair.mgt());
        assertThat(mgs.get("applied_version")).isEqualTo(mgs.get("version"));
        TargetFact mgt =
                (TargetFact) apply(Agents.obedient(OST, "oss2")).end().changes().getFirst();
        assertThat(mgt.confParamVersionApplied())
                .isEqualTo(mgt.confParamVersion())
                .isPositive();
    }

    @Test
    void parametersOfAFileSystemWaitForItsFirstMdt() {
        lab.publish(
                pair.bus(),
                new FilesystemFact(
                        filesystem.id(),
                        2,
                        "unavailable",
                        false,
                        "scratch",
                        filesystem.mgtId(),
                        Map.of("sys.timeout", "20")));
        assertThat(settings(apply(Agents.obedient(OST, "oss2")))).isEmpty();
        assertThat(applied(pair.mgt())).containsExactly(false);

        long mdt = lab.target("MDT", pair.disk(), filesystem);
        pair.bring(mdt, "scratch-MDT0000", "registered", pair.one());
        assertThat(settings(apply(Agents.obedient(OST, "oss2")))).containsExactly(setting("scratch.sys.timeout", "20"));
        assertThat(applied(pair.mgt())).containsExactly(true);
    }

    @Test
    void parametersGivenAtCreationAreAppliedByItsCommand() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "OST")
                .put("volume_id", pair.disk().id())
                .put("filesystem_id", filesystem.id());
        body.putObject("conf_params").put("osc.active", "0").putNull("osc.max_dirty_mb");
        long second = lab.create(body);

        assertThat(lab.show(second).at("/conf_params/osc.active").asText()).isEqualTo("0");
        CommandRequest.JobWant job = CommandNeighbour.lastCommand().jobs().getFirst();
        assertThat(job.args().get("mgs_id").asLong()).isEqualTo(pair.mgt());
        assertThat(job.args().at("/targets/0").asLong()).isEqualTo(second);
        assertThat(settings(apply(Agents.obedient(OST, "oss2")))).isEmpty();
        pair.bring(second, "scratch-OST0001", "registered", pair.one());
        assertThat(settings(apply(Agents.obedient(OST, "oss2"))))
                .containsExactly(setting("scratch-OST0001.osc.active", "0"));
    }

    @Test
    void whatNobodyAppliesIsAppliedOnceByItself() {
        set("osc.active", "0");
        apply(action -> Agents.failed("busy"));
        push.sweep();
        int before = CommandNeighbour.commands().size();
        lock(List.of(7L), 1);
        age();
        push.sweep();
        assertThat(CommandNeighbour.commands()).hasSize(before);

        lock(List.of(), 2);
        push.sweep();
        push.sweep();
        assertThat(CommandNeighbour.commands()).hasSize(before + 1);
        assertThat(CommandNeighbour.lastCommand().message()).isEqualTo("Updating configuration parameters on MGS");

        // it failed as well: another state of a target is another occasion
        database.run(tx -> tx.update("UPDATE target SET state_modified_at = clock_timestamp() WHERE id = $1", ost));
        push.sweep();
        assertThat(CommandNeighbour.commands()).hasSize(before + 2);
        apply(Agents.obedient(OST, "oss2"));
        push.sweep();
        assertThat(CommandNeighbour.commands()).hasSize(before + 2);
    }

    private void age() {
        database.run(tx -> tx.update(
                "UPDATE conf_param SET recorded_at = recorded_at - interval '2 hours' WHERE mgt_id = $1", pair.mgt()));
    }

    private void lock(List<Long> readers, long version) {
        database.run(
                tx -> tx.update("""
                INSERT INTO neighbour_lock (ref, version, read_jobs, write_jobs) VALUES ($1, $2, $3, '{}')
                ON CONFLICT (ref) DO UPDATE SET read_jobs = excluded.read_jobs, version = excluded.version""", ObjectRef.target(pair.mgt()).toString(), version, readers.toArray(Long[]::new)));
    }
}
