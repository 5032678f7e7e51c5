package io.burnish.host.power;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.host.host.HostStore;
import io.burnish.host.hub.HubTestProfile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Power switches, BMCs and their outlets in the API (API contract, storage 9 to 11 and 29.5). */
@QuarkusTest
@TestProfile(HubTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
class PowerApiTest {

    private static final AtomicInteger ADDRESS = new AtomicInteger();
    private static final String TYPES = "/api/power_control_type/";
    private static final String DEVICES = "/api/power_control_device/";
    private static final String OUTLETS = "/api/power_control_device_outlet/";

    private final Tokens tokens;
    private final Database database;
    private final HostStore hosts;

    PowerApiTest(Tokens tokens, Database database, HostStore hosts) {
        this.tokens = tokens;
        this.database = database;
        this.hosts = hosts;
    }

    private RequestSpecification as(Level level) {
        return given().header("Authorization", "Bearer " + tokens.mint(new Principal(7, "somebody", level, true, null)))
                .contentType("application/json");
    }

    private RequestSpecification admin() {
        return as(Level.SUPERUSER);
    }

    private ValidatableResponse post(String path, String body) {
        return admin().body(body.replace('\'', '"')).post(path).then();
    }

    private ValidatableResponse put(String path, String body) {
        return admin().body(body.replace('\'', '"')).put(path).then();
    }

    private ValidatableResponse patch(String path, String body) {
        return admin().body(body.replace('\'', '"')).patch(path).then();
    }

    private ValidatableResponse get(String path) {
        return admin().get(path).then().statusCode(200);
    }

    private static String address() {
        int number = ADDRESS.incrementAndGet();
        return "192.0." + (2 + number / 250) + "." + (1 + number % 250);
    }

    private String type(String model) {
        return get(TYPES + "?limit=0").extract().path("objects.find { it.model == '" + model + "' }.resource_uri");
    }

    private String unit() {
        return post(DEVICES, "{'device_type': '%s', 'address': '%s'}".formatted(type("7900"), address()))
                .statusCode(201)
                .extract()
                .path("resource_uri");
    }

    private String bmcs() {
        return post(
                        DEVICES,
                        "{'device_type': '%s', 'address': '0.0.0.0', 'port': %d}"
                                .formatted(type("2.0 (LANplus)"), 1000 + ADDRESS.incrementAndGet()))
                .statusCode(201)
                .extract()
                .path("resource_uri");
    }

    private String server() {
        String name = "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        return "/api/host/"
                + database.transaction(tx -> {
                    long id = hosts.register(tx, new HostRegistry.Registration(name, name, name, "base_managed_rh7"))
                            .hostId();
                    hosts.confirm(tx, id);
                    return id;
                })
                + "/";
    }

    private static long id(String uri) {
        return Long.parseLong(uri.replaceAll("\\D", ""));
    }

    private long fencingWishes(String server) {
        return database.transaction(tx -> tx.one("SELECT count(*) FROM fencing_request WHERE host_id = $1", id(server))
                .getLong(0));
    }

    private String fencingKey(String server) {
        return database.transaction(tx -> tx.first("SELECT key FROM fencing_request WHERE host_id = $1", id(server)))
                .map(row -> row.getString(0))
                .orElse("");
    }

    @Test
    void anInstallationBeginsWithTheTypesOfTheFactory() {
        get(TYPES + "?limit=0&order_by=model")
                .body("objects.findAll { it.make in ['APC', 'IPMI'] && it.agent != 'fence_vbox' }.size()", equalTo(13))
                .body("objects.name", org.hamcrest.Matchers.hasItems("APC 7900 (8 outlets)", "IPMI 2.0 (LANplus)"));
        get(TYPES + "?name=APC 7900 (8 outlets)")
                .body("objects", hasSize(1))
                .body("objects[0].agent", equalTo("fence_apc"))
                .body("objects[0].default_port", equalTo(23))
                .body("objects[0].max_outlets", equalTo(8))
                .body("objects[0].default_options", nullValue())
                .body("objects[0].default_password", nullValue())
                .body(
                        "objects[0].powercycle_template",
                        equalTo(
                                "%(agent)s %(options)s  -a %(address)s -u %(port)s -l %(username)s -p %(password)s -o reboot -n %(identifier)s"))
                .body(
                        "objects[0].outlet_list_template",
                        equalTo(
                                "%(agent)s %(options)s -a %(address)s -u %(port)s -l %(username)s -p %(password)s -o %(list_parameter)s"));
        get(TYPES + "?name=IPMI 2.0 (LANplus)")
                .body(
                        "objects[0].poweron_template",
                        equalTo("%(agent)s %(options)s -P -a %(identifier)s -l %(username)s -p %(password)s -o on"));
        get(TYPES + "?name=IPMI 1.5 (LAN)")
                .body(
                        "objects[0].monitor_template",
                        equalTo("%(agent)s %(options)s -a %(identifier)s -l %(username)s -p %(password)s -o monitor"));
    }

    @Test
    void aTypeIsAddedChangedAndRemoved() {
        String uri = post(
                        TYPES,
                        "{'agent': 'fence_apc', 'make': 'Rack', 'model': 'One', 'max_outlets': 1, 'default_password': 'geheim'}")
                .statusCode(201)
                .header("Location", containsString(TYPES))
                .body("name", equalTo("Rack One (1 outlet)"))
                .body("default_port", equalTo(23))
                .body("default_password", nullValue())
                .extract()
                .path("resource_uri");
        put(uri, "{'agent': 'fence_apc', 'make': null, 'max_outlets': '2'}")
                .statusCode(200)
                .body("name", equalTo("Unknown Make One (2 outlets)"))
                .body("model", equalTo("One"));
        put(uri, "{'make': 'Rack'}").statusCode(400).body("agent", contains("This field is required."));
        post(DEVICES, "{'device_type': '%s', 'address': '%s'}".formatted(uri, address()))
                .statusCode(201)
                .body("outlets", hasSize(2));
        admin().delete(uri).then().statusCode(204);
        admin().delete(uri).then().statusCode(404);
        get(DEVICES + "?limit=0").body("objects.findAll { it.device_type.resource_uri == '" + uri + "' }", hasSize(0));
    }

    @Test
    void everythingThatIsWrongWithATypeIsSaidAtOnce() {
        post(
                        TYPES,
                        "{'agent': 'zz', 'max_outlets': 'many', 'default_port': -1, 'make': '%s'}"
                                .formatted("x".repeat(51)))
                .statusCode(400)
                .body("agent", contains("Select a valid choice. zz is not one of the available choices."))
                .body("max_outlets", contains("Enter a whole number."))
                .body("default_port", contains("Ensure this value is greater than or equal to 0."))
                .body("make", contains("Ensure this value has at most 50 characters (it has 51)."));
        post(TYPES, "{'agent': 'fence_apc', 'make': 'APC', 'model': '7900'}")
                .statusCode(400)
                .body("__all__", hasSize(1));
        put(type("7901"), "{'agent': 'fence_apc', 'model': '7900'}")
                .statusCode(400)
                .body("__all__", hasSize(1));
    }

    @Test
    void aTemplateRunsNothingButItsAgent() {
        post(TYPES, "{'agent': 'fence_apc', 'model': 'evil', 'poweron_template': '/bin/sh -c id'}")
                .statusCode(400)
                .body("poweron_template", contains("A command begins with %(agent)s."));
        post(
                        TYPES,
                        "{'agent': 'fence_apc', 'model': 'evil', 'monitor_template': '%(agent)s -a %(addres)s', 'default_options': '--password-script=/tmp/x'}")
                .statusCode(400)
                .body("monitor_template", contains("There is no placeholder %(addres)s."))
                .body("default_options", contains("The option password_script is not allowed."));
    }

    @Test
    void aDeviceHasWhatItsTypeHasUnlessItIsGivenAnother() {
        String address = address();
        String uri = post(DEVICES, "{'device_type': '%s', 'address': '%s'}".formatted(type("7900"), address))
                .statusCode(201)
                .body("name", equalTo(address))
                .body("port", equalTo(23))
                .body("username", equalTo("apc"))
                .body("password", nullValue())
                .body("options", nullValue())
                .body("device_type.name", equalTo("APC 7900 (8 outlets)"))
                .body("outlets", hasSize(8))
                .body("outlets[7].identifier", equalTo("8"))
                .extract()
                .path("resource_uri");
        assertThat(stored(uri)).isEqualTo("apc");
        String own = address();
        String other = post(
                        DEVICES,
                        "{'device_type': '%s', 'address': '%s', 'port': '2323', 'name': 'rack1', 'username': 'me', 'password': 'geheim', 'options': 'foo=x'}"
                                .formatted(type("7900"), own))
                .statusCode(201)
                .body("port", equalTo(2323))
                .body("name", equalTo("rack1"))
                .body("username", equalTo("me"))
                .body("options", equalTo("foo=x"))
                .extract()
                .path("resource_uri");
        assertThat(stored(other)).isEqualTo("geheim");
        get(DEVICES + "?name=rack1&dehydrate__device_type=0").body("objects[0].device_type", equalTo(type("7900")));

        String moved = address();
        put(
                        other,
                        "{'device_type': '%s', 'address': '%s', 'port': '24', 'name': 'rack2', 'options': 'bar=y', 'outlets': ['/api/power_control_device_outlet/1/']}"
                                .formatted(type("7901"), moved))
                .statusCode(200)
                .body("address", equalTo(moved))
                .body("port", equalTo(24))
                .body("options", equalTo("bar=y"))
                .body("outlets", hasSize(8));
        assertThat(stored(other)).isEqualTo("geheim");
        // a complete copy, with the embedded type
        String copy = get(other).extract().asString();
        admin().body(copy).put(other).then().statusCode(200).body("name", equalTo("rack2"));
        admin().delete(other).then().statusCode(204);
        admin().get(other).then().statusCode(404);
        admin().delete(other).then().statusCode(404);
        put(other, "{'address': '192.0.2.1'}").statusCode(404);
    }

    /** The password of a device, as it is sealed in the database. */
    private String stored(String uri) {
        return database.transaction(tx -> {
            assertThat(tx.one("SELECT count(*) FROM secret WHERE owner = $1", PowerDevices.secretOwner(id(uri)))
                            .getLong(0))
                    .isEqualTo(1);
            return io.quarkus.arc.Arc.container()
                    .instance(io.burnish.host.secret.SecretStore.class)
                    .get()
                    .ofOwner(tx, PowerDevices.secretOwner(id(uri)))
                    .orElseThrow();
        });
    }

    @Test
    void aDeviceWithoutAUsableAddressIsRefused() {
        String type = type("7900");
        post(DEVICES, "{'device_type': '%s', 'port': 'x'}".formatted(type))
                .statusCode(400)
                .body("__all__", contains("Address may not be blank"))
                .body("address", contains("This field cannot be null."))
                .body("port", contains("Enter a whole number."));
        post(DEVICES, "{'device_type': '%s', 'address': 5}".formatted(type))
                .statusCode(400)
                .body("__all__", contains("5 is not a valid address for a BMC"));
        post(DEVICES, "{'device_type': '%s', 'address': 'no.such.host.invalid'}".formatted(type))
                .statusCode(400)
                .body("__all__[0]", containsString("Unable to resolve no.such.host.invalid: "));
        post(DEVICES, "{'address': '192.0.2.1'}")
                .statusCode(400)
                .body("device_type", contains("This field is required."));
        post(DEVICES, "{'device_type': '/api/power_control_type/999999/', 'address': '192.0.2.1'}")
                .statusCode(400)
                .body("device_type", hasSize(1));
        int port = 3000 + ADDRESS.incrementAndGet();
        post(DEVICES, "{'device_type': '%s', 'address': 'localhost', 'port': %d}".formatted(type, port))
                .statusCode(201)
                .body("address", equalTo("127.0.0.1"));
        post(DEVICES, "{'device_type': '%s', 'address': '127.0.0.1', 'port': %d}".formatted(type, port))
                .statusCode(400)
                .body("__all__", hasSize(1));
    }

    @Test
    void aUnitHasNoMoreOutletsThanItsType() {
        String unit = unit();
        post(OUTLETS, "{'device': '%s', 'identifier': '9'}".formatted(unit))
                .statusCode(400)
                .body("__all__[0]", containsString("is already at maximum number of outlets: 8"));
        get(unit).body("outlets", hasSize(8));
        post(OUTLETS, "{'device': '%s', 'identifier': '8'}".formatted(unit))
                .statusCode(400)
                .body("__all__[0]", containsString("already exists"));
        post(OUTLETS, "{'device': '%s'}".formatted(unit))
                .statusCode(400)
                .body("identifier", contains("This field is required."));
        post(OUTLETS, "{'device': '%s', 'identifier': '%s'}".formatted(unit, "x".repeat(255)))
                .statusCode(400)
                .body("identifier", contains("Ensure this value has at most 254 characters (it has 255)."));
        post(OUTLETS, "{'identifier': '1', 'host': '/api/host/999999/', 'device': 'nonsense', 'has_power': 'maybe'}")
                .statusCode(400)
                .body("device", hasSize(1))
                .body("has_power", hasSize(1));
    }

    @Test
    void anOutletFeedsAServerAndItsClusterLearnsOfIt() {
        String outlet = get(unit()).extract().path("outlets[2].resource_uri");
        String server = server();
        patch(outlet, "{'host': '%s'}".formatted(server)).statusCode(202).body("host", equalTo(server));
        get(outlet).body("host", equalTo(server)).body("identifier", equalTo("3"));
        assertThat(database.transaction(tx -> hosts.fact(tx, id(server))).outletPower())
                .containsExactly((Boolean) null);
        String key = fencingKey(server);
        assertThat(key).isNotEmpty();
        String other = server();
        patch(outlet, "{'host': '%s', 'has_power': true}".formatted(other)).statusCode(202);
        assertThat(fencingKey(server)).isNotEqualTo(key);
        assertThat(fencingWishes(other)).isEqualTo(1);
        assertThat(database.transaction(tx -> hosts.fact(tx, id(other))).outletPower())
                .containsExactly(true);
        patch(outlet, "{'host': null}").statusCode(202).body("host", nullValue());
        patch(outlet, "{'host': '/api/host/999999/'}")
                .statusCode(400)
                .body("host", contains("Select a valid choice. That choice is not one of the available choices."));
        patch(outlet, "{'host': ''}").statusCode(400).body("host", hasSize(1));
        put(outlet, "{'identifier': '3'}").statusCode(400).body("device", contains("This field is required."));
        admin().delete(outlet).then().statusCode(204);
        admin().delete(outlet).then().statusCode(404);
        patch(outlet, "{'host': null}").statusCode(404);
    }

    @Test
    void aBmcIsAnAddressAndNeverBesideAUnit() {
        String bmcs = bmcs();
        get(bmcs).body("outlets", hasSize(0));
        String server = server();
        String bmc = post(OUTLETS, "{'device': '%s', 'identifier': 'localhost', 'host': '%s'}".formatted(bmcs, server))
                .statusCode(201)
                .body("identifier", equalTo("127.0.0.1"))
                .extract()
                .path("resource_uri");
        String key = fencingKey(server);
        assertThat(key).isNotEmpty();
        post(OUTLETS, "{'device': '%s', 'identifier': '127.0.0.1'}".formatted(bmcs))
                .statusCode(400);
        post(OUTLETS, "{'device': '%s', 'identifier': '1'}".formatted(bmcs))
                .statusCode(400)
                .body("__all__", contains("1 is not a valid address for a BMC"));
        post(OUTLETS, "{'device': '%s', 'identifier': 'no.such.host.invalid'}".formatted(bmcs))
                .statusCode(400)
                .body("__all__[0]", containsString("Unable to resolve"));
        String outlet = get(unit()).extract().path("outlets[0].resource_uri");
        patch(outlet, "{'host': '%s'}".formatted(server))
                .statusCode(400)
                .body("__all__", contains("Mixing of IPMI and PDU power control is not supported."));
        assertThat(fencingKey(server)).isEqualTo(key);
        String fed = server();
        patch(outlet, "{'host': '%s'}".formatted(fed)).statusCode(202);
        post(OUTLETS, "{'device': '%s', 'identifier': '192.0.2.9', 'host': '%s'}".formatted(bmcs, fed))
                .statusCode(400)
                .body("__all__", contains("Mixing of IPMI and PDU power control is not supported."));
        admin().delete(bmc).then().statusCode(204);
        assertThat(fencingKey(server)).isNotEqualTo(key);
    }

    @Test
    void aRemovedServerLosesItsPower() {
        String server = server();
        String fed = server();
        String bmc = post(
                        OUTLETS, "{'device': '%s', 'identifier': '192.0.2.77', 'host': '%s'}".formatted(bmcs(), server))
                .extract()
                .path("resource_uri");
        String outlet = get(unit()).extract().path("outlets[0].resource_uri");
        patch(outlet, "{'host': '%s'}".formatted(fed)).statusCode(202);
        database.run(tx -> {
            io.quarkus.arc.Arc.container().instance(Outlets.class).get().hostRemoved(tx, id(server));
            io.quarkus.arc.Arc.container().instance(Outlets.class).get().hostRemoved(tx, id(fed));
        });
        admin().get(bmc).then().statusCode(404);
        get(outlet).body("host", nullValue());
        assertThat(fencingWishes(fed)).isZero();
    }

    @Test
    void onlySuperusersChangePower() {
        String outlet = get(unit()).extract().path("outlets[0].resource_uri");
        for (Level level : new Level[] {Level.USER, Level.FSADMIN}) {
            as(level).body("{}").post(TYPES).then().statusCode(401);
            as(level).body("{}").put(type("7900")).then().statusCode(401);
            as(level).delete(type("7900")).then().statusCode(401);
            as(level).body("{}").post(DEVICES).then().statusCode(401);
            as(level).body("{\"host\": null}").patch(outlet).then().statusCode(401);
            as(level).delete(outlet).then().statusCode(401);
            as(level).get(outlet).then().statusCode(200);
        }
    }
}
