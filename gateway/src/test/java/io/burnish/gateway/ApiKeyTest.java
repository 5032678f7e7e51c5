package io.burnish.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys in place of sessions: never more rights than their owner has now, never longer than they were made for, never readable. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(Neighbour.class)
class ApiKeyTest {

    @Inject
    Database database;

    @Test
    void keyWorksWithoutSessionAndCsrfAndItsSecretIsShownOnce() {
        Person owner = Person.in(Person.ADMINISTRATORS);
        JsonPath key = owner.key("backup", "filesystem_administrators");
        String secret = key.getString("secret");
        assertThat(secret).startsWith("burnish_").hasSizeGreaterThan(30);
        Visitor.withKey(secret).get("/api/session/").then().statusCode(200).body("user.username", is(owner.name()));
        Visitor.withKey(secret).body("{}").post("/api/host/").then().statusCode(200);
        assertThat(Neighbour.LAST.get().authorization()).startsWith("Bearer ey");

        owner.session()
                .get("/api/api_key/")
                .then()
                .statusCode(200)
                .body("objects", hasSize(1))
                .body("objects[0].name", is("backup"))
                .body("objects[0].secret", nullValue())
                .body("objects[0].last_used_at", notNullValue())
                .body("objects[0].user", is("/api/user/" + owner.id() + "/"));
        assertThat(stored()).doesNotContain(secret.substring("burnish_".length()));
    }

    private String stored() {
        return database.transaction(tx -> tx.one(
                        "SELECT coalesce(string_agg(k::text, ' '), '') || coalesce((SELECT string_agg(a::text, ' ') FROM audit a), '')"
                                + " FROM api_key k")
                .getString(0));
    }

    @Test
    void wrongAndMissingSecretsAreRefusedEverywhereAndAudited() {
        long before = refusedReads();
        for (String secret : List.of("", "nonsense", "burnish_" + "a".repeat(32))) {
            Visitor.withKey(secret).get("/api/user/").then().statusCode(401).body(emptyOrNullString());
        }
        // a session beside it does not help
        Visitor.admin()
                .header("Authorization", "Bearer nonsense")
                .get("/api/user/")
                .then()
                .statusCode(401);
        assertThat(refusedReads() - before).isEqualTo(4);
    }

    private long refusedReads() {
        return database.transaction(
                tx -> tx.one("SELECT count(*) FROM audit WHERE method = 'GET'").getLong(0));
    }

    @Test
    void formOfTheReferenceWorksTooButAWrongKeyInItIsIgnored() {
        Person owner = Person.in(Person.USERS);
        String secret = owner.key("old client", "filesystem_users").getString("secret");
        Visitor.anybody()
                .header("Authorization", "ApiKey %s:%s".formatted(owner.name(), secret))
                .get("/api/session/")
                .then()
                .body("user.username", is(owner.name()));
        Visitor.anybody()
                .header("Authorization", "ApiKey admin:" + secret)
                .get("/api/session/")
                .then()
                .statusCode(200)
                .body("user", nullValue());
    }

    @Test
    void roleIsNoHigherThanTheCallersAndEverythingWrongIsSaidTogether() {
        Person owner = Person.in(Person.ADMINISTRATORS);
        owner.session()
                .body(Map.of("role", "superusers", "expiry", "2001-01-01"))
                .post("/api/api_key/")
                .then()
                .statusCode(400)
                .body("name", contains("This field is required."))
                .body("role", hasItem(containsString("filesystem_users, filesystem_administrators.")))
                .body("expiry", hasItem(containsString("in the future")));
        owner.key("twice", "filesystem_users");
        owner.session()
                .body(Map.of("name", "twice", "role", "filesystem_users"))
                .post("/api/api_key/")
                .then()
                .statusCode(400)
                .body("name", contains("You have a key with this name already."));
    }

    @Test
    void keyHasNoMoreRightsThanItsRoleEvenIfItsOwnerHas() {
        Person owner = Person.in(Person.SUPERUSERS);
        String secret = owner.key("small", "filesystem_users").getString("secret");
        Visitor.withKey(secret).get("/api/system_status/").then().statusCode(401);
        Visitor.withKey(secret)
                .body(Map.of("name", "larger", "role", "superusers"))
                .post("/api/api_key/")
                .then()
                .statusCode(400);
        // of its owner's keys it sees those that may do no more
        owner.key("large", "superusers");
        Visitor.withKey(secret).get("/api/api_key/").then().body("objects.name", contains("small"));
    }

    @Test
    void keyFollowsItsOwnerDownAndUpAndEndsWithIt() {
        Person owner = Person.in(Person.SUPERUSERS);
        JsonPath key = owner.key("follower", "superusers");
        String secret = key.getString("secret");
        Visitor.withKey(secret).get("/api/system_status/").then().statusCode(200);
        owner.moveTo(Person.USERS);
        Visitor.withKey(secret).get("/api/system_status/").then().statusCode(401);
        Visitor.withKey(secret)
                .get("/api/api_key/" + key.getLong("id") + "/")
                .then()
                .statusCode(200)
                .body("role", is("superusers"))
                .body("effective_role", is("filesystem_users"));
        owner.moveTo(Person.SUPERUSERS);
        Visitor.withKey(secret).get("/api/system_status/").then().statusCode(200);
        Visitor.admin().delete("/api/user/" + owner.id() + "/").then().statusCode(204);
        Visitor.withKey(secret).get("/api/session/").then().statusCode(401);
    }

    @Test
    void expiredKeyIsRefused() {
        Person owner = Person.in(Person.USERS);
        JsonPath key = owner.key("old", "filesystem_users");
        database.run(tx -> tx.update(
                "UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1", key.getLong("id")));
        Visitor.withKey(key.getString("secret")).get("/api/session/").then().statusCode(401);
    }

    @Test
    void keyMadeWithAKeyLivesNoLongerAndIsRevokedWithIt() {
        Person owner = Person.in(Person.USERS);
        String soon = OffsetDateTime.now(ZoneOffset.UTC).plusDays(2).withNano(0).toString();
        JsonPath parent = owner.session()
                .body(Map.of("name", "parent", "role", "filesystem_users", "expiry", soon))
                .post("/api/api_key/")
                .jsonPath();
        JsonPath child = Visitor.withKey(parent.getString("secret"))
                .body(Map.of("name", "child", "role", "filesystem_users"))
                .post("/api/api_key/")
                .then()
                .statusCode(201)
                .body("expiry", is(parent.getString("expiry")))
                .body("parent", is(parent.getString("resource_uri")))
                .extract()
                .jsonPath();
        Visitor.withKey(child.getString("secret")).get("/api/session/").then().statusCode(200);
        owner.session().delete(parent.getString("resource_uri")).then().statusCode(204);
        Visitor.withKey(parent.getString("secret")).get("/api/session/").then().statusCode(401);
        Visitor.withKey(child.getString("secret")).get("/api/session/").then().statusCode(401);
    }

    @Test
    void usersSeeAndRevokeTheirOwnKeysSuperusersThoseOfOthers() {
        Person owner = Person.in(Person.USERS);
        Person other = Person.in(Person.ADMINISTRATORS);
        JsonPath key = owner.key("mine", "filesystem_users");
        String path = key.getString("resource_uri");
        other.session().get("/api/api_key/").then().body("objects", hasSize(0));
        other.session().get(path).then().statusCode(404);
        other.session().delete(path).then().statusCode(404);
        Visitor.admin().get("/api/api_key/?limit=0").then().body("objects.resource_uri", hasItem(path));
        Visitor.admin().delete(path).then().statusCode(204);
        Visitor.withKey(key.getString("secret")).get("/api/session/").then().statusCode(401);
    }

    @Test
    void useOfAKeyIsInTheAuditByItsName() {
        Person owner = Person.in(Person.ADMINISTRATORS);
        String secret = owner.key("audited key", "filesystem_administrators").getString("secret");
        Visitor.withKey(secret).body("{}").post("/api/host/").then().statusCode(200);
        long found = database.transaction(tx -> tx.one(
                        "SELECT count(*) FROM audit WHERE api_key = 'audited key' AND username = $1 AND path = '/api/host/'",
                        owner.name())
                .getLong(0));
        assertThat(found).isEqualTo(1);
    }

    @Test
    void addressThatTriesManyKeysIsClosedForAWhileButNotForKeysThatWereGood() {
        Person owner = Person.in(Person.USERS);
        String used = owner.key("used", "filesystem_users").getString("secret");
        String fresh = owner.key("fresh", "filesystem_users").getString("secret");
        Visitor.withKey(used).get("/api/session/").then().statusCode(200);
        try {
            for (int i = 0; i < 25; i++) {
                Visitor.withKey("guess " + i).get("/api/session/").then().statusCode(401);
            }
            // however slow this machine is
            int closed = database.transaction(
                    tx -> tx.update(
                            "UPDATE login_failure SET blocked_until = now() + interval '1 hour' WHERE subject LIKE 'keys:%' AND blocked_until > last_at"));
            assertThat(closed).isEqualTo(1);
            Visitor.withKey(fresh).get("/api/session/").then().statusCode(401);
            Visitor.withKey(used).get("/api/session/").then().statusCode(200);
        } finally {
            database.run(tx -> tx.update("DELETE FROM login_failure WHERE subject LIKE 'keys:%'"));
        }
        Visitor.withKey(fresh).get("/api/session/").then().statusCode(200);
    }

    @Test
    void newResourceHasNoPlaceInTheLegacyDescription() {
        Visitor.anybody().get("/api/").then().body("", not(org.hamcrest.Matchers.hasKey("api_key")));
        Visitor.admin().get("/api/api_key/schema/").then().statusCode(404);
        Visitor.anybody().get("/api/api_key/").then().statusCode(401);
    }
}
