package io.burnish.target.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.kit.sql.Database;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.Neighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target and its command: in the end both exist or neither (ADR 5). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class TargetCreationTest {

    private final Lab lab;
    private final Database database;
    private final TargetCreation creation;
    private final String kafka;
    private Pair pair;
    private FilesystemFact filesystem;
    private VolumeFact disk;

    TargetCreationTest(
            Lab lab,
            Database database,
            TargetCreation creation,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.database = database;
        this.creation = creation;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
        filesystem = lab.filesystem(pair.bus(), "scratch", Lab.id());
        disk = pair.disk();
    }

    @AfterEach
    void close() {
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        pair.close();
    }

    private ValidatableResponse post() {
        return lab.admin()
                .body(JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "OST")
                        .put("volume_id", disk.id())
                        .put("filesystem_id", filesystem.id())
                        .toString())
                .post("/api/target/")
                .then();
    }

    private ValidatableResponse list() {
        return lab.admin()
                .queryParam("filesystem_id", filesystem.id())
                .get("/api/target/")
                .then()
                .statusCode(200);
    }

    private void age() {
        database.run(tx -> tx.update(
                "UPDATE target SET created_at = created_at - interval '1 hour' WHERE volume_id = $1", disk.id()));
    }

    private long rows() {
        return database.transaction(tx -> tx.one("SELECT count(*) FROM target WHERE volume_id = $1", disk.id())
                .getLong(0));
    }

    @Test
    void aCreationWhoseAnswerWasLostIsCompleted() {
        int commands = CommandNeighbour.commands().size();
        CommandNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        post().statusCode(503);
        list().body("objects", empty());
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        age();

        creation.sweep();

        list().body("objects", hasSize(1)).body("objects[0].name", is("scratch-OST0000"));
        assertThat(CommandNeighbour.commands()).hasSize(commands + 1);
    }

    @Test
    void aCreationThatNeverReachedTheCommandServiceIsUndone() {
        int commands = CommandNeighbour.commands().size();
        CommandNeighbour.mood(Neighbour.Mood.AWAY);
        post().statusCode(503);
        age();
        // nobody knows yet whether there is a command
        assertThat(org.assertj.core.api.Assertions.catchThrowable(creation::sweep))
                .isNotNull();
        assertThat(rows()).isEqualTo(1);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        creation.sweep();

        assertThat(rows()).isZero();
        assertThat(CommandNeighbour.commands()).hasSize(commands);
        post().statusCode(202);
    }

    @Test
    void aCreationInProgressIsLeftAlone() {
        CommandNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        post().statusCode(503);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        creation.sweep();

        list().body("objects", empty());
        assertThat(rows()).isEqualTo(1);
    }
}
