package io.burnish.target.lab;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Servers, volumes and file systems, as their owners tell of them, and requests as they come from the gateway. */
@ApplicationScoped
public class Lab {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicLong IDS = new AtomicLong();
    private static final ServerProfile PROFILE =
            new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);

    private final Tokens tokens;
    private final Database database;
    private final Neighbours neighbours;

    Lab(Tokens tokens, Database database, Neighbours neighbours) {
        this.tokens = tokens;
        this.database = database;
        this.neighbours = neighbours;
    }

    /** An id that no test has used. */
    public static long id() {
        return IDS.incrementAndGet();
    }

    /** A server of that short name, in contact, with its NID. */
    public HostFact server(Bus bus, String name, String nid) {
        HostFact host = host(id(), 1, name, true);
        LnetFact lnet = new LnetFact(
                host.id(),
                1,
                "lnet_up",
                false,
                "lnet configuration",
                host.id(),
                nid == null ? List.of() : List.of(Nid.parse(nid)));
        publish(bus, host, lnet);
        return host;
    }

    /** A server's snapshot. */
    public static HostFact host(long id, long version, String name, boolean inContact) {
        return new HostFact(
                id,
                version,
                "managed",
                false,
                name,
                name + ".lab.example",
                name,
                name + ".lab.example",
                "manual",
                PROFILE,
                inContact,
                false,
                List.of(),
                List.of());
    }

    /** A volume without a file system, seen by these servers, the first being its primary one. */
    public VolumeFact volume(Bus bus, String deviceType, String path, HostFact... servers) {
        List<VolumeFact.Node> nodes = new ArrayList<>();
        for (HostFact server : servers) {
            nodes.add(new VolumeFact.Node(id(), server.id(), path, nodes.isEmpty(), true));
        }
        long id = id();
        VolumeFact volume = new VolumeFact(id, 1, "disk" + id, 10L << 30, null, true, deviceType, nodes);
        publish(bus, volume);
        return volume;
    }

    /** A file system of an MGT. */
    public FilesystemFact filesystem(Bus bus, String name, long mgt) {
        FilesystemFact filesystem = new FilesystemFact(id(), 1, "unavailable", false, name, mgt);
        publish(bus, filesystem);
        return filesystem;
    }

    /** Publishes snapshots with wire forms, and waits until the service knows them. */
    public void publish(Bus bus, Fact... facts) {
        List<ObjectVersion> versions = new ArrayList<>();
        for (Fact fact : facts) {
            send(bus, fact);
            versions.add(new ObjectVersion(fact.ref(), fact.version()));
        }
        await().pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .until(() -> database.transaction(
                        tx -> neighbours.missing(tx, versions).isEmpty()));
    }

    private static void send(Bus bus, Fact fact) {
        ObjectNode wire = JsonNodeFactory.instance.objectNode();
        wire.put("id", fact.id())
                .put("resource_uri", "/api/" + fact.ref().type().resource() + "/" + fact.id() + "/")
                .put("version_in_test", fact.version());
        bus.publish(new FactMessage(fact, wire));
    }

    /** Creates a target through the API and returns its id. */
    public long target(String kind, VolumeFact volume, FilesystemFact filesystem) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("kind", kind).put("volume_id", volume.id());
        if (filesystem != null) {
            body.put("filesystem_id", filesystem.id());
        }
        return create(body);
    }

    /** Creates a target through the API and returns its id. */
    public long create(ObjectNode body) {
        String answer = admin().body(body.toString()).post("/api/target/").asString();
        JsonNode id = ContractJson.read(answer, JsonNode.class).at("/target/id");
        assertThat(id.isNumber()).as(answer).isTrue();
        return id.asLong();
    }

    /** The target as the API shows it. */
    public JsonNode show(long target) {
        return ContractJson.read(
                admin().get("/api/target/" + target + "/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                JsonNode.class);
    }

    /** Requests of a file system administrator. */
    public RequestSpecification admin() {
        return as(Level.FSADMIN);
    }

    /** Requests of somebody. */
    public RequestSpecification as(Level level) {
        return with(tokens.mint(new Principal(7, "somebody", level, true, null)));
    }

    /** Calls of another service. */
    public RequestSpecification service() {
        return with(tokens.ofThisService());
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }
}
