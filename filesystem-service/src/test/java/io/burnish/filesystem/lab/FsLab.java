package io.burnish.filesystem.lab;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Requests as they come from the gateway, and facts as the owners of targets and servers publish them. */
@ApplicationScoped
public class FsLab {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicLong IDS = new AtomicLong();

    private final Tokens tokens;
    private final Database database;
    private final Neighbours neighbours;
    private final String kafka;

    FsLab(
            Tokens tokens,
            Database database,
            Neighbours neighbours,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.tokens = tokens;
        this.database = database;
        this.neighbours = neighbours;
        this.kafka = kafka;
    }

    /** An id that no test has used. */
    public static long id() {
        return IDS.incrementAndGet();
    }

    /** A bus that hears everything that the service publishes. */
    public Bus bus() {
        return new Bus(
                kafka,
                List.of(
                        Topics.JOB_EVENTS,
                        Topics.AGENT_ACTIONS,
                        Topics.LOG_LINES,
                        Topics.facts(ObjectType.FILESYSTEM),
                        Topics.facts(ObjectType.CLIENT_MOUNT),
                        Topics.facts(ObjectType.COPYTOOL)));
    }

    /** The form of a file system with a new MGT, an MDT and two OSTs, all on volumes that nobody has used. */
    public static ObjectNode form(String name) {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("name", name);
        form.putObject("mgt").put("volume_id", id());
        form.putArray("mdts").addObject().put("volume_id", id()).putObject("conf_params");
        form.putArray("osts").addObject().put("volume_id", id());
        form.withArray("osts").addObject().put("volume_id", id()).put("reformat", true);
        form.putObject("conf_params").putNull("llite.max_cached_mb");
        return form;
    }

    /** Asks for a file system. */
    public ValidatableResponse post(JsonNode form) {
        return admin().body(form.toString()).post("/api/filesystem/").then();
    }

    /** Asks for a file system with an idempotency key of the caller's. */
    public ValidatableResponse post(JsonNode form, String key) {
        return admin().header("Idempotency-Key", key)
                .body(form.toString())
                .post("/api/filesystem/")
                .then();
    }

    /** A new file system with its targets, as they were claimed. */
    public NewFilesystem create(String name) {
        long id = ((Number) post(form(name)).statusCode(202).extract().path("filesystem.id")).longValue();
        return new NewFilesystem(
                id, TargetNeighbour.claimed(CommandNeighbour.lastCommand().key()));
    }

    /** A file system that was just created. */
    public record NewFilesystem(long id, List<TargetFact> targets) {

        /** Its MGT. */
        public TargetFact mgt() {
            return targets.getFirst();
        }

        /** Its MDT. */
        public TargetFact mdt() {
            return targets.get(1);
        }

        /** One of its OSTs. */
        public TargetFact ost(int index) {
            return targets.get(2 + index);
        }
    }

    /** Publishes snapshots and waits until the service knows them. */
    public void publish(Bus bus, Fact... facts) {
        List<ObjectVersion> versions = new ArrayList<>();
        for (Fact fact : facts) {
            ObjectNode wire = fact instanceof TargetFact target
                    ? TargetNeighbour.wire(target)
                    : JsonNodeFactory.instance.objectNode().put("id", fact.id());
            bus.publish(new FactMessage(fact, wire));
            versions.add(new ObjectVersion(fact.ref(), fact.version()));
        }
        await().pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .until(() -> database.transaction(
                        tx -> neighbours.missing(tx, versions).isEmpty()));
    }

    /** A later snapshot of a target. */
    public static TargetFact later(TargetFact target, long version, String state, Long activeHost) {
        return new TargetFact(
                target.id(),
                version,
                state,
                false,
                target.label(),
                target.kind(),
                target.index(),
                target.filesystemId(),
                target.volumeId(),
                target.haLabel(),
                activeHost,
                target.mounts(),
                0,
                0);
    }

    /** Whether the service knows of a job that writes an object. */
    public boolean held(ObjectRef object) {
        return database.transaction(tx -> tx.first(
                        "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND cardinality(write_jobs) > 0",
                        object.toString())
                .isPresent());
    }

    /** The number of the last word that the service has heard of a server's client mounts. */
    public long seen(long host) {
        return database.transaction(tx -> tx.first("SELECT sequence FROM client_mount_seen WHERE host_id = $1", host)
                .map(row -> row.getLong(0))
                .orElse(0L));
    }

    /** The number of the last event that the service has heard of a copytool. */
    public long heard(long copytool) {
        return database.transaction(tx -> tx.one("SELECT coalesce(heard, 0) FROM copytool WHERE id = $1", copytool)
                .getLong(0));
    }

    /** The file system as the API shows it. */
    public JsonNode show(long filesystem) {
        return ContractJson.read(
                admin().get("/api/filesystem/" + filesystem + "/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                JsonNode.class);
    }

    /** Its state as the API shows it. */
    public String state(long filesystem) {
        return show(filesystem).get("state").asText();
    }

    /** Rows of a name, also of file systems that are being created. */
    public long rows(String name) {
        return database.transaction(tx ->
                tx.one("SELECT count(*) FROM filesystem WHERE name = $1", name).getLong(0));
    }

    /** As if they were created long ago. */
    public void age(String name) {
        database.run(tx ->
                tx.update("UPDATE filesystem SET created_at = created_at - interval '1 hour' WHERE name = $1", name));
    }

    /** Requests of a file system administrator. */
    public RequestSpecification admin() {
        return as(Level.FSADMIN);
    }

    /** Calls of another service. */
    public RequestSpecification service() {
        return given().header("Authorization", "Bearer " + tokens.ofThisService())
                .contentType("application/json");
    }

    /** Requests of somebody. */
    public RequestSpecification as(Level level) {
        return given().header("Authorization", "Bearer " + tokens.mint(new Principal(7, "somebody", level, true, null)))
                .contentType("application/json");
    }
}
