package io.burnish.target.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.GoldenWire;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /api/target/} (API contract, storage 3.1, 3.2). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class TargetListTest {

    private static final List<String> FIELDS = List.of(
            "active_host",
            "active_host_name",
            "available_actions",
            "available_jobs",
            "available_transitions",
            "conf_params",
            "content_type_id",
            "failover_server_name",
            "failover_servers",
            "filesystem",
            "filesystem_id",
            "filesystem_name",
            "filesystems",
            "ha_label",
            "id",
            "immutable_state",
            "index",
            "inode_count",
            "inode_size",
            "kind",
            "label",
            "locks",
            "name",
            "primary_server",
            "primary_server_name",
            "resource_uri",
            "state",
            "state_modified_at",
            "uuid",
            "volume",
            "volume_name");

    private final Lab lab;
    private final String kafka;
    private Pair pair;
    private FilesystemFact filesystem;
    private VolumeFact mgtDisk;
    private VolumeFact mdtDisk;
    private VolumeFact disk;
    private long mgt;
    private long mdt;
    private long ost;

    TargetListTest(Lab lab, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
        mgtDisk = pair.disk();
        mgt = lab.target("MGT", mgtDisk, null);
        filesystem = lab.filesystem(pair.bus(), "scratch", mgt);
        mdtDisk = pair.disk();
        mdt = lab.target("MDT", mdtDisk, filesystem);
        disk = pair.diskOfTwo();
        ost = lab.target("OST", disk, filesystem);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private RequestSpecification ofThisTest() {
        return lab.as(Level.USER).queryParam("host_id", pair.one().id());
    }

    private static ValidatableResponse list(RequestSpecification request) {
        return request.get("/api/target/").then().statusCode(200);
    }

    @Test
    void anOstHasTheFieldsOfTheContract() {
        JsonNode shown = lab.show(ost);

        List<String> names = new ArrayList<>();
        shown.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactlyInAnyOrderElementsOf(FIELDS);
        assertThat(shown.get("kind").asText()).isEqualTo("OST");
        assertThat(shown.get("name").asText()).isEqualTo("scratch-OST0000");
        assertThat(shown.get("label").asText()).isEqualTo("scratch-OST0000");
        assertThat(shown.get("index").asInt()).isZero();
        assertThat(shown.get("state").asText()).isEqualTo("unformatted");
        assertThat(shown.get("content_type_id").asInt()).isEqualTo(TargetKind.OST.contentTypeId());
        assertThat(shown.get("conf_params").size()).isEqualTo(15);
        assertThat(shown.get("conf_params").get("osc.active").isNull()).isTrue();
        assertThat(shown.get("filesystem").asText()).isEqualTo("/api/filesystem/" + filesystem.id() + "/");
        assertThat(shown.get("filesystem_id").asLong()).isEqualTo(filesystem.id());
        assertThat(shown.get("filesystem_name").asText()).isEqualTo("scratch");
        assertThat(shown.get("filesystems").isNull()).isTrue();
        assertThat(shown.get("volume").get("id").asLong()).isEqualTo(disk.id());
        assertThat(shown.get("volume_name").asText()).isEqualTo(disk.label());
        assertThat(shown.get("primary_server").asText())
                .isEqualTo("/api/host/" + pair.two().id() + "/");
        assertThat(shown.get("primary_server_name").asText()).isEqualTo("oss2.lab.example");
        assertThat(shown.get("failover_servers").get(0).asText())
                .isEqualTo("/api/host/" + pair.one().id() + "/");
        assertThat(shown.get("failover_server_name").asText()).isEqualTo("oss1.lab.example");
        assertThat(shown.get("active_host").isNull()).isTrue();
        assertThat(shown.get("active_host_name").asText()).isEqualTo("---");
        assertThat(shown.get("uuid").isNull()).isTrue();
        assertThat(shown.get("ha_label").isNull()).isTrue();
        assertThat(shown.get("inode_count").isNull()).isTrue();
        assertThat(shown.get("state_modified_at").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
    }

    /** What is offered follows a little later than the state. */
    private JsonNode offering(long target, String... states) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                lab.show(target).get("available_transitions").findValuesAsText("state"))
                        .containsExactlyInAnyOrder(states));
        return lab.show(target);
    }

    @Test
    void everyKindIsOnTheWireAsItAlwaysWas() {
        pair.bring(mgt, "MGS", "mounted", pair.one());
        pair.bring(ost, "scratch-OST0000", "mounted", pair.two());

        GoldenWire.check("target-mgt", offering(mgt, "unmounted"), Map.of(mgtDisk.label(), "3600140512345"));
        GoldenWire.check(
                "target-mdt",
                offering(mdt, "formatted", "registered", "unmounted", "mounted"),
                Map.of(mdtDisk.label(), "3600140512345"));
        GoldenWire.check("target-ost", offering(ost, "unmounted", "removed"), Map.of(disk.label(), "3600140512345"));
        JsonNode list = ContractJson.read(
                list(lab.admin().queryParam("filesystem_id", filesystem.id()).queryParam("order_by", "-name"))
                        .extract()
                        .asString(),
                JsonNode.class);
        assertThat(list.get("objects")).hasSize(3);
        assertThat(list.get("objects").get(0)).isEqualTo(lab.show(ost));
        assertThat(list.get("objects").get(1)).isEqualTo(lab.show(mdt));
        assertThat(list.get("objects").get(2)).isEqualTo(lab.show(mgt));
    }

    @Test
    void anMgtHasItsFileSystemsInsteadOfOne() {
        JsonNode shown = lab.show(mgt);

        assertThat(shown.get("conf_params").isNull()).isTrue();
        assertThat(shown.get("index").isNull()).isTrue();
        assertThat(shown.get("filesystem").isNull()).isTrue();
        assertThat(shown.get("filesystem_name").isNull()).isTrue();
        assertThat(shown.get("filesystems"))
                .isEqualTo(ContractJson.read(
                        "[{\"id\": %d, \"name\": \"scratch\"}]".formatted(filesystem.id()), JsonNode.class));
        assertThat(lab.show(mdt).get("conf_params").size()).isEqualTo(11);
    }

    @Test
    void kindIsFilteredWhateverItsCase() {
        list(ofThisTest().queryParam("kind", "ost")).body("objects.id", contains((int) ost));
        list(ofThisTest().queryParam("kind", "MGT")).body("objects.id", contains((int) mgt));
        list(ofThisTest().queryParam("kind", "XXX")).body("objects", empty());
    }

    @Test
    void aFileSystemsTargetsIncludeItsMgt() {
        list(lab.admin().queryParam("filesystem_id", filesystem.id()))
                .body("objects.id", contains((int) mgt, (int) mdt, (int) ost))
                .body("meta.total_count", is(3));
        list(lab.admin().queryParam("filesystem_id", -1000)).body("objects", empty());
        lab.admin()
                .queryParam("filesystem_id", "scratch")
                .get("/api/target/")
                .then()
                .statusCode(400)
                .body("error", is("Invalid resource lookup data provided (mismatched type)."));

        lab.publish(pair.bus(), new FilesystemFact(filesystem.id(), 2, "removed", false, "scratch", mgt));

        list(lab.admin().queryParam("filesystem_id", filesystem.id()))
                .body("objects.id", contains((int) mdt, (int) ost));
        assertThat(lab.show(mgt).get("filesystems").isEmpty()).isTrue();
    }

    @Test
    void aServersTargetsCanBeThoseOfWhichItIsPrimary() {
        list(ofThisTest()).body("objects.id", containsInAnyOrder((int) mgt, (int) mdt, (int) ost));
        list(ofThisTest().queryParam("primary", "true")).body("objects.id", containsInAnyOrder((int) mgt, (int) mdt));
        list(ofThisTest().queryParam("primary", "0")).body("objects.id", contains((int) ost));
        list(ofThisTest().queryParam("primary", "false")).body("objects.id", contains((int) ost));
        list(lab.admin().queryParam("primary", "1").queryParam("id", ost))
                .body("objects", org.hamcrest.Matchers.hasSize(1));
        list(lab.admin().queryParam("host_id", -1)).body("objects", empty());
    }

    @Test
    void ordersAndFilters() {
        list(ofThisTest().queryParam("order_by", "-name"))
                .body("objects.name", contains("scratch-OST0000", "scratch-MDT0000", "MGS"));
        list(ofThisTest().queryParam("order_by", "volume_name")).statusCode(200);
        list(ofThisTest().queryParam("id__in", mgt).queryParam("id__in", ost))
                .body("objects.id", contains((int) mgt, (int) ost));
        list(ofThisTest().queryParam("name", "MGS")).body("objects.id", contains((int) mgt));
        list(ofThisTest().queryParam("immutable_state", "true")).body("objects", empty());
        list(ofThisTest().queryParam("limit", 1).queryParam("offset", 1))
                .body("objects.id", contains((int) mdt))
                .body("meta.total_count", is(3));
        lab.admin()
                .queryParam("state", "mounted")
                .get("/api/target/")
                .then()
                .statusCode(400)
                .body("error", containsString("state"));
    }

    @Test
    void relationsAreEmbeddedOrLinkedAsAsked() {
        lab.admin()
                .queryParam("dehydrate__volume", "false")
                .queryParam("dehydrate__primary_server", "true")
                .get("/api/target/" + ost + "/")
                .then()
                .body("volume", is("/api/volume/" + disk.id() + "/"))
                .body("primary_server.id", equalTo((int) pair.two().id()))
                .body("filesystem", is("/api/filesystem/" + filesystem.id() + "/"));
    }

    @Test
    void onlyThoseWhoMayReadGetAnything() {
        io.restassured.RestAssured.given().get("/api/target/").then().statusCode(401);
        lab.service().get("/api/target/").then().statusCode(401);
    }
}
