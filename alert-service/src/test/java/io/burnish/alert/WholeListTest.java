package io.burnish.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.alert.log.LogResource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.OwnDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code limit=0} gives the whole list, however long it is (API contract, core 1.6), and never holds more than a batch of it. */
@QuarkusTest
@QuarkusTestResource(
        value = OwnDatabase.class,
        initArgs = @ResourceArg(name = "database", value = "whole-lists"),
        restrictToAnnotatedClass = true)
class WholeListTest {

    private static final int LINES = 20_500;
    private static final Principal CALLER = new Principal(1, "somebody", Level.SUPERUSER, true, null);

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    @Inject
    ResourceReader reader;

    @Inject
    LogResource logs;

    @BeforeEach
    void manyLines() {
        database.run(tx -> {
            tx.update("TRUNCATE log_line");
            tx.update("""
                    INSERT INTO log_line (at, fqdn, severity, facility, tag, message, message_class)
                    SELECT now() - i * interval '1 second', 'oss1.lab.example', 6, 1, 'kernel', 'line ' || i, 1
                    FROM generate_series(1, $1::integer) AS i""", LINES);
        });
    }

    private JsonPath get(String query) {
        return given().header("Authorization", "Bearer " + tokens.mint(CALLER))
                .get("/api/log/?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void everythingIsGivenInOrderWithTheEffectiveLimit() {
        JsonPath list = get("limit=0");
        List<String> messages = list.getList("objects.message");
        assertThat(messages).hasSize(LINES).doesNotHaveDuplicates();
        assertThat(messages.getFirst()).isEqualTo("line 1");
        assertThat(messages.getLast()).isEqualTo("line " + LINES);
        assertThat(list.getInt("meta.limit")).isEqualTo(LINES);
        assertThat(list.getInt("meta.total_count")).isEqualTo(LINES);
        assertThat(list.<Object>get("meta.next")).isNull();
    }

    @Test
    void filtersAndOffsetsHoldAndNothingIsAnEmptyList() {
        assertThat(get("limit=0&offset=20000").getList("objects")).hasSize(500);
        JsonPath nothing = get("limit=0&message__contains=nowhere");
        assertThat(nothing.getList("objects")).isEmpty();
        assertThat(nothing.getInt("meta.total_count")).isZero();
        assertThat(get("limit=0&offset=99999").getInt("meta.total_count")).isEqualTo(LINES);
    }

    @Test
    void aFilterThatIsNotAllowedIsRefusedBeforeAnythingIsSent() {
        given().header("Authorization", "Bearer " + tokens.mint(CALLER))
                .get("/api/log/?limit=0&id=none-such")
                .then()
                .statusCode(400);
    }

    @Test
    void theNextBatchIsReadWhenTheOneBeforeIsDoneWith() {
        List<Integer> sizes = new ArrayList<>();
        HashSet<String> seen = new HashSet<>();
        reader.stream(logs.resource(), Parameters.NONE, new Page(0, 0), CALLER, (objects, total) -> {
            // what is written after the first batch was read is not seen by the others
            if (sizes.isEmpty()) {
                database.run(tx -> tx.update("DELETE FROM log_line"));
            }
            JsonArray batch = new JsonArray("[" + objects + "]");
            sizes.add(batch.size());
            batch.forEach(line -> seen.add(line.toString()));
            assertThat(total).isEqualTo(LINES);
        });
        assertThat(sizes).hasSize(21).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(Database.BATCH));
        assertThat(seen).hasSize(LINES);
    }
}
