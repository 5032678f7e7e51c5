package io.burnish.host.storage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.fact.AlertFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.host.HostRemoval;
import io.burnish.host.host.HostStore;
import io.burnish.host.hub.TopicReader;
import io.burnish.host.report.LearnedReports;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.HostRegistry;
import io.burnish.host.switching.PluggedProfile;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.GoldenWire;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Storage resources, their classes and volumes in the API (API contract, storage 5 to 8, 29.3 and 29.4). */
@QuarkusTest
@TestProfile(PluggedProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class StorageApiTest {

    private static final String RESOURCES = "/api/storage_resource/";
    private static final String CLASSES = "/api/storage_resource_class/";

    private final Tokens tokens;
    private final Database database;
    private final HostStore hosts;
    private final LearnedReports reports;
    private final HostRemoval removal;
    private final SecretStore secrets;
    private final Neighbours neighbours;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    StorageApiTest(
            Tokens tokens,
            Database database,
            HostStore hosts,
            LearnedReports reports,
            HostRemoval removal,
            SecretStore secrets,
            Neighbours neighbours) {
        this.neighbours = neighbours;
        this.tokens = tokens;
        this.database = database;
        this.hosts = hosts;
        this.reports = reports;
        this.removal = removal;
        this.secrets = secrets;
    }

    private RequestSpecification as(Level level) {
        return given().header("Authorization", "Bearer " + tokens.mint(new Principal(7, "somebody", level, true, null)))
                .contentType("application/json");
    }

    private RequestSpecification admin() {
        return as(Level.FSADMIN);
    }

    private ValidatableResponse get(String path) {
        return admin().get(path).then().statusCode(200);
    }

    private ValidatableResponse put(String path, String body) {
        return admin().body(body.replace('\'', '"')).put(path).then();
    }

    private ValidatableResponse post(String body) {
        return admin().body(body.replace('\'', '"')).post(RESOURCES).then();
    }

    private long server() {
        String name = "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        return database.transaction(tx -> {
            long id = hosts.register(tx, new HostRegistry.Registration(name, name, name, "base_managed_rh7"))
                    .hostId();
            hosts.confirm(tx, id);
            return id;
        });
    }

    private static String disk(String device, String path, String serial, String more) {
        return "'%s': {'major_minor': '%s', 'path': '%s', 'paths': ['%s'], 'serial_83': '%s', 'size': 10737418240, 'filesystem_type': null%s}"
                .formatted(device, device, path, path, serial, more);
    }

    private void report(long host, String devices) {
        JsonNode body = ContractJson.read(
                ("{'vgs': {}, 'lvs': {}, 'zfspools': {}, 'zfsdatasets': {}, 'zfsvols': {}, 'mpath': {}, 'devs': {"
                                + devices + "}, 'local_fs': {}, 'emcpower': {}, 'mds': {}}")
                        .replace('\'', '"'),
                ObjectNode.class);
        database.run(tx -> reports.apply(tx, host, "linux", body));
    }

    private String uri(String className, String serial) {
        return get(RESOURCES + "?class_name=" + className + "&limit=0")
                .extract()
                .path("objects.find { it.alias.contains('" + serial + "') }.resource_uri");
    }

    @Test
    void theClassesOfAgentsAreBuiltIn() {
        get(CLASSES + "?plugin_internal=true&limit=0&order_by=class_name").body("objects", hasSize(17));
        get(CLASSES + "linux/ScsiDevice/")
                .body("label", equalTo("linux-ScsiDevice"))
                .body("columns.name", contains("size", "filesystem_type", "serial"))
                .body("columns.label", contains("Size", "Filesystem type", "Serial"))
                .body("fields.class", contains("Bytes", "Boolean", "String"))
                .body("fields.optional", contains(false, true, false))
                .body("user_creatable", equalTo(false));
        get(CLASSES + "?user_creatable=true").body("objects.class_name", contains("Controller", "Shelf"));
        get(CLASSES + "array/Controller/")
                .body("columns.name", not(hasItems("password")))
                .body("fields.label", hasItems("Management address", "Password"));
        admin().get(CLASSES + "linux/Nothing/").then().statusCode(404);
        admin().get(CLASSES + "999999/").then().statusCode(404);
    }

    @Test
    void whatServersReportIsThereOnce() {
        String serial = "3600" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        long one = server();
        long two = server();
        report(
                one,
                disk("8:16", "/dev/disk/by-id/scsi-" + serial, serial, "") + ","
                        + disk(
                                "8:17",
                                "/dev/disk/by-id/scsi-" + serial + "-part1",
                                serial,
                                ", 'parent': '8:16', 'partition_number': 1"));
        report(two, disk("8:32", "/dev/sdc-" + serial, serial, ""));

        String disk = uri("ScsiDevice", serial);
        get(disk)
                .body("alias", equalTo(serial))
                .body("default_alias", equalTo(serial))
                .body("plugin_name", equalTo("linux"))
                .body("class_name", equalTo("ScsiDevice"))
                .body("storage_id_str", equalTo("[\"" + serial + "\"]"))
                .body("attributes.size.markup", equalTo("10.0GB"))
                .body("attributes.size.raw", equalTo(10737418240L))
                .body("attributes.filesystem_type.markup", equalTo("None"))
                .body("attributes.filesystem_type.raw", nullValue())
                .body("attributes.serial.label", equalTo("Serial"))
                .body("deletable", equalTo(false))
                .body("alerts", hasSize(0))
                .body("charts", hasSize(0))
                .body("parent_classes", contains("LogicalDrive"));
        String part = uri("Partition", serial);
        get(part)
                .body("alias", equalTo(serial + "-1"))
                .body("attributes.container.raw", equalTo(disk))
                .body("attributes.container.markup", equalTo(serial));
        get(RESOURCES + "?class_name=LinuxDeviceNode&limit=0")
                .body(
                        "objects.findAll { it.attributes.logical_drive.raw == '" + disk + "' }.alias",
                        hasItems(two + ":sdc-" + serial));
        get(RESOURCES + "?ancestor_of=" + part.replaceAll("\\D", "") + "&limit=0")
                .body("objects.resource_uri", hasItems(part, disk));
        // the class as a list of its own, ordered by an attribute
        get(RESOURCES + "linux/ScsiDevice/?order_by=-attr_size&limit=0")
                .body("objects.class_name", everyItem(equalTo("ScsiDevice")))
                .body("objects.resource_uri", hasItems(disk));
        get(RESOURCES + "linux/Nothing/").body("objects", hasSize(0)).body("meta.total_count", equalTo(0));
        admin().get(RESOURCES + "?order_by=attr_size").then().statusCode(400);

        // what one server does not see any more is there as long as the other does
        report(one, "");
        admin().get(part).then().statusCode(404);
        get(disk);
        database.run(tx -> removal.remove(tx, two));
        admin().get(disk).then().statusCode(404);
    }

    @Test
    void aVolumeSaysWhichDriveItIs() {
        String serial = "3601" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        report(server(), disk("8:16", "/dev/sdb-" + serial, serial, ""));
        get("/api/volume/?limit=0")
                .body(
                        "objects.find { it.label == '" + serial + "' }.storage_resource",
                        equalTo(uri("ScsiDevice", serial)));
    }

    private JsonNode json(String path) {
        return ContractJson.read(get(path).extract().asString(), JsonNode.class);
    }

    /** A volume that two servers see which are not in one cluster; the server of the first node is its primary one. */
    private JsonNode volume(String serial) {
        for (long host : new long[] {server(), server()}) {
            report(host, disk("8:16", "/dev/disk/by-id/scsi-" + serial, serial, ""));
        }
        int id = get("/api/volume/?limit=0").extract().path("objects.find { it.label == '" + serial + "' }.id");
        String path = "/api/volume/" + id + "/";
        put(
                        path,
                        "{'id': %d, 'nodes': [{'id': %d, 'primary': true, 'use': true}]}"
                                .formatted(
                                        id, json(path).at("/volume_nodes/0/id").asLong()))
                .statusCode(200)
                .body("$", not(hasKey("nodes")));
        return json(path);
    }

    @Test
    void volumesAndTheirNodesAreOnTheWireAsTheyAlwaysWere() {
        String serial = "3602" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        JsonNode volume = volume(serial);
        JsonNode node = volume.at("/volume_nodes/0");

        GoldenWire.check(
                "volume",
                volume,
                Map.of(
                        serial,
                        "3600140512345",
                        node.get("host_label").asText(),
                        "oss1.lab.example",
                        volume.at("/volume_nodes/1/host_label").asText(),
                        "oss2.lab.example"));
        assertThat(json(node.get("resource_uri").asText())).isEqualTo(node);
        assertThat(json("/api/volume/?label=" + serial).get("objects")).containsExactly(volume);
        assertThat(json("/api/volume_node/?host=" + node.get("host_id").asLong())
                        .get("objects"))
                .containsExactly(node);
        assertThat(json("/api/volume_node/?path=/dev/disk/by-id/scsi-" + serial).get("objects"))
                .hasSize(2);
        get(node.get("resource_uri").asText() + "?dehydrate__host=true")
                .body("host.fqdn", equalTo(node.get("host_label").asText()));
        get(volume.get("resource_uri").asText() + "?dehydrate__storage_resource=true&dehydrate__volume_nodes=false")
                .body("storage_resource.alias", equalTo(serial))
                .body("volume_nodes[0]", equalTo(node.get("resource_uri").asText()));
    }

    @Test
    void aVolumesServersAreChosenOnlyAsTheyCanServeIt() {
        JsonNode volume =
                volume("3603" + UUID.randomUUID().toString().replace("-", "").substring(0, 12));
        String path = volume.get("resource_uri").asText();
        long one = volume.at("/volume_nodes/0/id").asLong();
        long two = volume.at("/volume_nodes/1/id").asLong();
        String both = "{'nodes': [{'id': %d, 'primary': true, 'use': true}, {'id': %d, 'primary': %s, 'use': true}]}";

        put(path, both.formatted(one, two, "false"))
                .statusCode(400)
                .body(
                        "nodes[0]",
                        startsWith("Attempt to set primary/secondary VolumeNodes across HA clusters for Volume "
                                + volume.get("id").asLong()));
        put(path, both.formatted(one, two, "true"))
                .statusCode(400)
                .body("nodes", contains("Only one node can be primary"));
        put(path, "{'id': 0, 'nodes': []}").statusCode(400).body("id[0]", startsWith("Must be "));
        put(path, "{}").statusCode(400).body("nodes", contains("This field is mandatory"));
        assertThat(json(path)).isEqualTo(volume);

        put(path, "{'volume_nodes': [{'id': %d, 'primary': true, 'use': true}]}".formatted(two))
                .statusCode(200)
                .body("volume_nodes.primary", contains(false, true))
                .body("volume_nodes.use", contains(false, true));

        database.run(tx -> tx.update(
                """
                INSERT INTO target_mount (target_id, mount_id, host_id, volume_id, volume_node_id, kind, filesystem_id)
                VALUES (-1, -1, $1, $2, $3, 'MGT', NULL)\
                """,
                volume.at("/volume_nodes/0/host_id").asLong(),
                volume.get("id").asLong(),
                one));
        put(path, "{'nodes': [{'id': %d, 'primary': true, 'use': true}]}".formatted(one))
                .statusCode(400)
                .body("id", contains("Volume " + volume.get("id").asLong() + " is in use!"));
        database.run(tx -> tx.update("DELETE FROM target_mount WHERE target_id = -1"));
    }

    @Test
    void interfacesAreResourcesWithStatistics() {
        long host = server();
        JsonNode body = ContractJson.read(
                "{\"interfaces\": {\"eth0\": {\"mac_address\": \"\", \"inet4_address\": \"192.0.2.3\","
                        + " \"inet4_prefix\": 24, \"inet6_address\": \"\", \"type\": \"tcp\", \"rx_bytes\": \"1\","
                        + " \"tx_bytes\": \"2\", \"up\": true, \"slave\": false}}, \"lnet\": {\"state\": \"lnet_up\","
                        + " \"nids\": {\"eth0\": {\"nid_address\": \"192.0.2.3\", \"lnd_type\": \"tcp\", \"lnd_network\":"
                        + " 0}}}}",
                ObjectNode.class);
        database.run(tx -> reports.apply(tx, host, "linux_network", body));
        get(RESOURCES + "?class_name=HostNetworkInterface&limit=0")
                .body(
                        "objects.find { it.attributes.host_id.raw == " + host + " }.attributes.up.markup",
                        equalTo("True"))
                .body(
                        "objects.find { it.attributes.host_id.raw == " + host + " }.stats.rx_bytes.unit_name",
                        equalTo("Bytes/s"))
                .body("objects.find { it.attributes.host_id.raw == " + host + " }.charts", hasSize(2));
        database.run(tx -> reports.apply(tx, host, "linux_network", body));
        try (TopicReader samples = new TopicReader(kafka, "burnish.samples")) {
            int id = get(RESOURCES + "?class_name=HostNetworkInterface&limit=0")
                    .extract()
                    .path("objects.find { it.attributes.host_id.raw == " + host + " }.id");
            await().until(() -> samples.messages("burnish.samples", SampleBatch.class).stream()
                    .flatMap(batch -> batch.samples().stream())
                    .toList()
                    .containsAll(List.of(
                            new SampleBatch.Sample(
                                    "storage_resource:" + id, "rx_bytes", SampleBatch.SeriesType.COUNTER, 1),
                            new SampleBatch.Sample(
                                    "storage_resource:" + id, "tx_bytes", SampleBatch.SeriesType.COUNTER, 2))));
        }
        get(RESOURCES + "?class_name=Nid&limit=0")
                .body("objects.findAll { it.attributes.host_id.raw == " + host + " }", hasSize(1));
    }

    @Test
    void anAliasIsARealName() {
        String serial = "3602" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        report(server(), disk("8:16", "/dev/sdb-" + serial, serial, ""));
        String disk = uri("ScsiDevice", serial);
        put(disk, "{'alias': 'foobar'}").statusCode(200).body("alias", equalTo("foobar"));
        for (String blank : new String[] {"", " "}) {
            put(disk, "{'alias': '" + blank + "'}").statusCode(400).body("alias", contains("May not be blank"));
        }
        for (String ragged : new String[] {"foo ", " foo"}) {
            put(disk, "{'alias': '" + ragged + "'}")
                    .statusCode(400)
                    .body("alias", contains("No trailing whitespace allowed"));
        }
        get(disk).body("alias", equalTo("foobar")).body("default_alias", equalTo(serial));
        put(disk, "{'alias': '" + "x".repeat(65) + "'}").statusCode(400);
        put(disk, "{}").statusCode(400);
        put(disk, "{'serial': 'other'}").statusCode(400).body("serial", hasSize(1));
        put(disk, "{'plugin_name': 'zz', 'alias': 'a'}")
                .statusCode(400)
                .body("plugin_name", contains("PluginNotFound: zz"));
        // a complete copy
        admin().body(get(disk).extract().asString()).put(disk).then().statusCode(200);
        put(disk, "{'alias': null}").statusCode(200).body("alias", equalTo(serial));
        admin().delete(disk).then().statusCode(202);
        admin().delete(disk).then().statusCode(404);
    }

    @Test
    void usersEnterRootResources() {
        String address = "array-" + UUID.randomUUID();
        String body =
                "{'plugin_name': 'array', 'class_name': 'Controller', 'attrs': {'address': '%s', 'password': 'geheim', 'cache': 8178892}}"
                        .formatted(address);
        String uri = post(body)
                .statusCode(201)
                .header("Location", not(nullValue()))
                .body("attributes.address.label", equalTo("Management address"))
                .body("attributes.cache.markup", equalTo("7.8MB"))
                .body("attributes.port.raw", equalTo(8080))
                .body("attributes", not(org.hamcrest.Matchers.hasKey("password")))
                .body("deletable", equalTo(true))
                .extract()
                .path("resource_uri");
        long id = Long.parseLong(uri.replaceAll("\\D", ""));
        String password = database.transaction(
                tx -> secrets.ofOwner(tx, StorageResources.secretOwner(id)).orElseThrow());
        assertThat(password).isEqualTo("geheim");
        post(body).statusCode(201).body("resource_uri", equalTo(uri));
        put(uri, "{'alias': 'mine', 'mode': 'b'}").statusCode(200).body("attributes.mode.raw", equalTo("b"));
        put(uri, "{'port': 'x', 'model': 'y'}")
                .statusCode(400)
                .body("port", contains("Must be a whole number"))
                .body("model", hasSize(1));
        post("{'plugin_name': 'zz', 'class_name': 'x', 'attrs': {}}")
                .statusCode(400)
                .body("plugin_name", contains("PluginNotFound: zz"));
        post("{'plugin_name': 'linux', 'class_name': 'Zz', 'attrs': {}}")
                .statusCode(400)
                .body("class_name[0]", startsWith("PluginNotFound: Resource Zz not found in linux (not one of ["));
        post("{'plugin_name': 'array', 'class_name': 'Controller', 'attrs': {'mode': 'c'}, 'alias': ' x'}")
                .statusCode(400)
                .body("address", contains("This field is mandatory"))
                .body("password", contains("This field is mandatory"))
                .body("mode", hasSize(1))
                .body("alias", contains("No trailing whitespace allowed"));
        post("{}").statusCode(400).body("plugin_name", hasSize(1)).body("class_name", hasSize(1));
        admin().delete(uri).then().statusCode(202);
        admin().get(uri).then().statusCode(404);
    }

    private static String shelf(String serial, int temperature, String poolStatus) {
        return """
                {'attributes': {'temperature': %d}, 'statistics': {'fan_speed': 900}, 'resources': [
                  {'key': 'p1', 'class': 'Pool', 'attributes': {'name': 'fast', 'status': '%s', 'shelf': 'root'}, 'parents': ['root']},
                  {'key': 'l1', 'class': 'Lun', 'attributes': {'serial': '%s', 'size': 10737418240}, 'parents': ['p1'],
                   'statistics': {'read_bytes': 4096}}]}""".formatted(temperature, poolStatus, serial);
    }

    private StorageResourceFact lastFact(TopicReader facts, String uri) {
        return facts.messages("burnish.facts.storage-resource", FactMessage.class).stream()
                .map(message -> (StorageResourceFact) message.fact())
                .filter(fact -> uri.equals(fact.ref().uri()))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    @Test
    void aRootResourceIsScannedOverTheNetwork() throws IOException {
        String serial = "3603" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        report(server(), disk("8:16", "/dev/sdb-" + serial, serial, ""));
        String disk = uri("ScsiDevice", serial);
        try (Controller controller = new Controller();
                TopicReader topics = new TopicReader(kafka, "burnish.facts.storage-resource", "burnish.samples")) {
            controller.says(shelf(serial, 30, "OK"));
            String entered =
                    "{'plugin_name': 'shelf', 'class_name': 'Shelf', 'attrs': {'address': '127.0.0.1', 'port': %d, 'user': 'monitor', 'password': '%s'}}";
            String shelf = post(entered.formatted(controller.port(), "wrong"))
                    .statusCode(201)
                    .extract()
                    .path("resource_uri");
            // a controller that refuses is a problem, and says so
            await().untilAsserted(() ->
                    assertThat(lastFact(topics, shelf)).isNotNull().matches(fact -> !fact.contactable()));
            put(shelf, "{'password': '" + Controller.PASSWORD + "'}").statusCode(200);
            await().untilAsserted(() ->
                    get(RESOURCES + "shelf/Lun/?limit=0").body("objects.attributes.serial.raw", hasItems(serial)));
            String pool = get(RESOURCES + "shelf/Pool/?limit=0")
                    .body("objects[0].attributes.shelf.raw", equalTo(shelf))
                    .body("objects[0].parent_classes", contains("Device", "Store"))
                    .body("objects[0].deletable", equalTo(false))
                    .extract()
                    .path("objects[0].resource_uri");
            get(shelf).body("attributes.temperature.raw", equalTo(30));
            assertThat(lastFact(topics, shelf).contactable()).isTrue();
            get(RESOURCES + "?ancestor_of=" + disk.replaceAll("\\D", "") + "&limit=0")
                    .body("objects.resource_uri", hasItems(disk, pool, shelf));
            await().until(() -> topics.messages("burnish.samples", SampleBatch.class).stream()
                    .flatMap(batch -> batch.samples().stream())
                    .map(SampleBatch.Sample::name)
                    .toList()
                    .containsAll(List.of("fan_speed", "read_bytes")));

            // bad values are conditions, and concern the volumes of servers that rest on them
            controller.says(shelf(serial, 41, "FAILED"));
            await().untilAsserted(() -> assertThat(lastFact(topics, pool).conditions())
                    .containsExactly(new StorageResourceFact.Condition("_1_status_40", "status", 40, "Pool failed")));
            assertThat(lastFact(topics, pool).volumeIds()).hasSize(1);
            await().untilAsserted(() -> assertThat(lastFact(topics, shelf).conditions())
                    .extracting(StorageResourceFact.Condition::message)
                    .containsExactly("Temperature is above 40"));
            aProblemIsShownWhereItIsAndAbove(pool, disk);

            // an inventory that does not fit changes nothing but the contact
            controller.says("{'resources': [{'key': 'x', 'class': 'Tape'}]}");
            await().untilAsserted(() ->
                    assertThat(lastFact(topics, shelf).contactable()).isFalse());
            get(pool);
            controller.says("{}");
            await().untilAsserted(() -> admin().get(pool).then().statusCode(404));
            controller.says(shelf(serial, 30, "OK"));
            await().untilAsserted(() -> get(RESOURCES + "shelf/Pool/?limit=0").body("objects", hasSize(1)));
            admin().delete(shelf).then().statusCode(202);
            get(RESOURCES + "shelf/Pool/?limit=0").body("objects", hasSize(0));
            get(disk);
        }
    }

    private void aProblemIsShownWhereItIsAndAbove(String pool, String disk) {
        long id = Long.parseLong(pool.replaceAll("\\D", ""));
        Instant begin = Instant.parse("2026-03-02T08:20:10Z");
        database.run(tx -> neighbours.learn(
                tx,
                List.of(new AlertFact(
                        900_001, 1, ObjectType.STORAGE_RESOURCE, id, "Pool fast", "Pool failed", true, begin, null))));
        get(pool)
                .body("alerts.message", contains("Pool failed"))
                .body("alerts[0].active", equalTo(true))
                .body("alerts[0].alert_item_id", equalTo((int) id))
                .body("alerts[0].alert_item_content_type_id", equalTo(63))
                .body("alerts[0].alert_severity", equalTo("alert"))
                .body("propagated_alerts", hasSize(0));
        get(disk).body("alerts", hasSize(0)).body("propagated_alerts.alert_message", contains("Pool failed"));
        database.run(tx -> neighbours.learn(
                tx,
                List.of(new AlertFact(
                        900_001,
                        2,
                        ObjectType.STORAGE_RESOURCE,
                        id,
                        "Pool fast",
                        "Pool failed",
                        false,
                        begin,
                        begin.plusSeconds(60)))));
        get(pool).body("alerts.active", contains(false));
        get(disk).body("propagated_alerts", hasSize(0));
    }

    @Test
    void othersOnlyRead() {
        as(Level.USER).body("{}").post(RESOURCES).then().statusCode(401);
        as(Level.USER).get(RESOURCES).then().statusCode(200);
        admin().body("{}").put(RESOURCES).then().statusCode(405);
        admin().body("{}").patch(RESOURCES + "1/").then().statusCode(405);
        admin().delete(RESOURCES).then().statusCode(405);
        admin().get(RESOURCES + "?ancestor_of=nonsense").then().statusCode(404);
    }
}
