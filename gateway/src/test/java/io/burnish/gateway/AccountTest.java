package io.burnish.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accounts and sessions as the API contract has them (core 2.1 to 2.3 and part 3), with its intended rights. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(Neighbour.class)
class AccountTest {

    @Inject
    Database database;

    /** The object as clients send it back, with some keys changed. */
    private static Map<String, Object> changed(Person person, Map<String, ?> keys) {
        Map<String, Object> body = new HashMap<>(
                Visitor.admin().get(person.uri()).then().extract().jsonPath().getMap(""));
        body.putAll(keys);
        return body;
    }

    @Test
    void newUserHasNullPasswordsLogsInSeesOnlyItselfAndIsRemovedBySuperusers() {
        Person person = Person.in(Person.USERS);
        Visitor.admin()
                .get(person.uri())
                .then()
                .body("password1", nullValue())
                .body("password2", nullValue())
                .body("groups.name", contains("filesystem_users"))
                .body("alert_subscriptions", hasSize(0));
        person.session()
                .get("/api/user/")
                .then()
                .statusCode(200)
                .body("meta.total_count", is(1))
                .body("objects.username", contains(person.name()));
        person.session()
                .delete(person.uri())
                .then()
                .statusCode(400)
                .body("id", contains("Cannot delete currently authenticated user"));
        Visitor.admin().delete(person.uri()).then().statusCode(204);
        Visitor.admin().delete(person.uri()).then().statusCode(404).body(emptyOrNullString());
        assertThat(Visitor.login(person.name(), Person.PASSWORD).statusCode()).isEqualTo(403);
    }

    @Test
    void everythingWrongWithANewUserIsSaidTogetherAndNothingIsStored() {
        Visitor.admin()
                .body(Map.of("username", "not ok!", "password1", "a", "password2", "b", "email", "nonsense"))
                .post("/api/user/")
                .then()
                .statusCode(400)
                .body("username", contains("This value may contain only letters, numbers and @/./+/-/_ characters."))
                .body("password2", contains("The two password fields didn't match."))
                .body("email", contains("Enter a valid email address."));
        Visitor.admin()
                .body(Map.of())
                .post("/api/user/")
                .then()
                .statusCode(400)
                .body("username", contains("This field is required."))
                .body("password1", contains("This field is required."))
                .body("password2", contains("This field is required."));
        Visitor.admin()
                .body(Map.of("username", "x".repeat(31), "password1", "a", "password2", "a"))
                .post("/api/user/")
                .then()
                .body("username", contains("Ensure this value has at most 30 characters (it has 31)."));
        Visitor.admin()
                .body(Map.of(
                        "username",
                        "homeless",
                        "password1",
                        "a",
                        "password2",
                        "a",
                        "groups",
                        List.of("/api/group/99/")))
                .post("/api/user/")
                .then()
                .statusCode(400)
                .body("error", is("Could not find the provided object via resource URI '/api/group/99/'."));
        assertThat(count("SELECT count(*) FROM account WHERE username = 'homeless'"))
                .isZero();
        Visitor.admin()
                .body(Map.of("username", "admin", "password1", "a", "password2", "a"))
                .post("/api/user/")
                .then()
                .body("username", contains("A user with that username already exists."));
    }

    @Test
    void nobodyBecomesSuperuserBySendingIt() {
        Person person = Person.in(Person.ADMINISTRATORS);
        Map<String, Object> greedy = Map.of(
                "is_superuser",
                true,
                "is_active",
                false,
                "is_staff",
                true,
                "superuser",
                true,
                "active",
                false,
                "level",
                3);
        person.session()
                .body(changed(person, greedy))
                .put(person.uri())
                .then()
                .statusCode(200)
                .body("is_superuser", is(false))
                .body("", not(hasKey("is_active")))
                .body("", not(hasKey("level")));
        Map<String, Object> creation = new HashMap<>(greedy);
        creation.putAll(Map.of("username", "greedy", "password1", "a", "password2", "a", "id", 1));
        String uri = Visitor.admin()
                .body(creation)
                .post("/api/user/")
                .then()
                .statusCode(201)
                .body("is_superuser", is(false))
                .body("id", not(is(1)))
                .extract()
                .path("resource_uri");
        assertThat(count("SELECT count(*) FROM account WHERE username IN ('greedy', '%s') AND (superuser OR NOT active)"
                        .formatted(person.name())))
                .isZero();
        Visitor.admin().delete(uri).then().statusCode(204);
    }

    @Test
    void onlySuperusersChangeMemberships() {
        Person person = Person.in(Person.ADMINISTRATORS);
        for (Object groups : List.of(List.of(Person.SUPERUSERS), List.of())) {
            person.session()
                    .body(changed(person, Map.of("groups", groups, "first_name", "Refused")))
                    .put(person.uri())
                    .then()
                    .statusCode(403)
                    .body(emptyOrNullString());
        }
        // absent counts as an empty list
        person.session()
                .body(Map.of("id", person.id(), "username", person.name(), "first_name", "Refused"))
                .put(person.uri())
                .then()
                .statusCode(403);
        Visitor.admin().get(person.uri()).then().body("first_name", is("")).body("groups", hasSize(1));
        Visitor.admin()
                .body(changed(person, Map.of("groups", List.of(Person.SUPERUSERS))))
                .put(person.uri())
                .then()
                .statusCode(200)
                .body("is_superuser", is(true));
    }

    @Test
    void othersAccountsAreOutOfReach() {
        Person person = Person.in(Person.ADMINISTRATORS);
        Person other = Person.in(Person.USERS);
        person.session().get(other.uri()).then().statusCode(401);
        person.session()
                .body(changed(other, Map.of("first_name", "Stolen")))
                .put(other.uri())
                .then()
                .statusCode(401);
        person.session().delete(other.uri()).then().statusCode(401);
        person.session()
                .body(Map.of("username", "friend", "password1", "a", "password2", "a"))
                .post("/api/user/")
                .then()
                .statusCode(401);
        for (String uri : List.of("/api/user/", other.uri())) {
            Visitor.anybody().get(uri).then().statusCode(401);
        }
    }

    @Test
    void ownPasswordNeedsTheOldOneAndSuperusersChangeOthersWithoutIt() {
        Person person = Person.in(Person.USERS);
        Map<String, String> fresh = Map.of("new_password1", "new words", "new_password2", "new words");
        person.session()
                .body(changed(person, fresh))
                .put(person.uri())
                .then()
                .statusCode(400)
                .body("old_password", contains("This field is required."));
        Map<String, String> wrong = new HashMap<>(fresh);
        wrong.put("old_password", "no");
        person.session()
                .body(changed(person, wrong))
                .put(person.uri())
                .then()
                .statusCode(400)
                .body("old_password", contains("Your old password was entered incorrectly. Please enter it again."));
        Map<String, String> right = new HashMap<>(fresh);
        right.put("old_password", Person.PASSWORD);
        person.session()
                .body(changed(person, right))
                .put(person.uri())
                .then()
                .statusCode(200)
                .body("", not(hasKey("old_password")))
                .body("new_password1", nullValue());
        assertThat(Visitor.login(person.name(), "new words").statusCode()).isEqualTo(201);
        Visitor.admin()
                .body(changed(person, Map.of("new_password1", "given", "new_password2", "given")))
                .put(person.uri())
                .then()
                .statusCode(200);
        assertThat(Visitor.login(person.name(), "given").statusCode()).isEqualTo(201);
        // the older form of a change asks for it just the same
        Visitor.loggedIn(person.name(), "given")
                .body(changed(person, Map.of("password1", "stolen", "password2", "stolen")))
                .put(person.uri())
                .then()
                .statusCode(400)
                .body("old_password", contains("This field is required."));
    }

    @Test
    void superuserNeedsTheOldPasswordForItself() {
        Person person = Person.in(Person.SUPERUSERS);
        person.session()
                .body(changed(person, Map.of("new_password1", "x y", "new_password2", "x y")))
                .put(person.uri())
                .then()
                .statusCode(400)
                .body("old_password", contains("This field is required."));
    }

    @Test
    void profileChangesThroughTheObjectOfTheSession() {
        Person person = Person.in(Person.USERS);
        Map<String, Object> body = new HashMap<>(person.session()
                .get("/api/session/")
                .then()
                .extract()
                .jsonPath()
                .getMap("user"));
        body.putAll(Map.of("first_name", "Ada", "last_name", "Lovelace", "email", "ada@lab.example"));
        person.session()
                .body(body)
                .put(person.uri())
                .then()
                .statusCode(200)
                .body("full_name", is("Ada Lovelace"))
                .body("email", is("ada@lab.example"));
        body.put("username", "admin");
        person.session()
                .body(body)
                .put(person.uri())
                .then()
                .statusCode(400)
                .body("username", contains("User with this Username already exists."));
        body.remove("id");
        person.session()
                .body(body)
                .put(person.uri())
                .then()
                .statusCode(400)
                .body("id", contains("id attribute is mandatory"));
    }

    @Test
    void usersAreOrderedButNotFiltered() {
        Visitor.admin().get("/api/user/?order_by=-username").then().statusCode(200);
        Visitor.admin()
                .get("/api/user/?email=a")
                .then()
                .statusCode(400)
                .body("error", is("The 'email' field does not allow filtering."));
        Visitor.admin()
                .get("/api/group/?name__iexact=SUPERUSERS")
                .then()
                .body("objects.resource_uri", contains("/api/group/1/"));
        Visitor.admin()
                .put("/api/group/1/")
                .then()
                .statusCode(405)
                .header("Allow", "GET")
                .body(is("GET"));
    }

    @Test
    void logInRotatesSessionAndToken() {
        Person person = Person.in(Person.USERS);
        Response first = Visitor.anybody().get("/api/session/");
        Response login = Visitor.login(person.name(), Person.PASSWORD);
        assertThat(login.statusCode()).isEqualTo(201);
        assertThat(login.body().asString()).isEmpty();
        login.then().header("Location", endsWith("/api/session/"));
        assertThat(login.cookie("sessionid"))
                .isNotEqualTo(first.cookie("sessionid"))
                .matches("[a-z0-9]{32}");
        assertThat(login.cookie("csrftoken"))
                .isNotEqualTo(first.cookie("csrftoken"))
                .matches("[a-zA-Z0-9]{32}");
        Visitor.anybody()
                .cookie("sessionid", login.cookie("sessionid"))
                .cookie("csrftoken", login.cookie("csrftoken"))
                .header("X-CSRFToken", first.cookie("csrftoken"))
                .contentType("application/json")
                .body("{}")
                .post("/api/api_key/")
                .then()
                .statusCode(401)
                .body(emptyOrNullString());
    }

    @Test
    void logInNamesWhatIsMissing() {
        Response first = Visitor.anybody().get("/api/session/");
        for (String body : List.of("{}", "{\"username\": null, \"password\": \"  \"}")) {
            Visitor.anybody()
                    .cookies(first.cookies())
                    .header("X-CSRFToken", first.cookie("csrftoken"))
                    .contentType("application/json")
                    .body(body)
                    .post("/api/session/")
                    .then()
                    .statusCode(400)
                    .body("username", contains("This field is mandatory"))
                    .body("password", contains("This field is mandatory"));
        }
    }

    @Test
    void inactiveAccountDoesNotGetInAndItsKeysAndSessionsEnd() {
        Person person = Person.in(Person.USERS);
        database.run(tx -> tx.update("UPDATE account SET active = false WHERE id = $1", person.id()));
        Visitor.login(person.name(), Person.PASSWORD)
                .then()
                .statusCode(403)
                .body("__all__", is("Authentication Failed."));
    }

    @Test
    void guessingClosesTheNameForThatAddress() {
        Person person = Person.in(Person.USERS);
        try {
            for (int i = 0; i < 8; i++) {
                Visitor.login(person.name(), "guess " + i).then().statusCode(403);
            }
            // however slow this machine is
            int closed = database.transaction(
                    tx -> tx.update(
                            "UPDATE login_failure SET blocked_until = now() + interval '1 hour' WHERE blocked_until > last_at"));
            assertThat(closed).isPositive();
            Visitor.login(person.name(), Person.PASSWORD).then().statusCode(403);
        } finally {
            database.run(tx -> tx.update("DELETE FROM login_failure"));
        }
        Visitor.login(person.name(), Person.PASSWORD).then().statusCode(201);
    }

    @Test
    void passwordsAreStoredAsMemoryHardHashes() {
        Person.in(Person.USERS);
        assertThat(count(
                        "SELECT count(*) FROM account WHERE password_hash NOT LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'"))
                .isZero();
    }

    @Test
    void systemStatusIsForSuperusersAndShowsTheDatabase() {
        Person.in(Person.ADMINISTRATORS)
                .session()
                .get("/api/system_status/")
                .then()
                .statusCode(401);
        Visitor.admin()
                .get("/api/system_status/")
                .then()
                .statusCode(200)
                .body("rabbitmq", nullValue())
                .body("postgres.pg_stat_activity.columns", hasItem("state"))
                .body("postgres.pg_stat_activity.columns", not(hasItem("query_start")))
                .body("postgres.table_stats.pg_stat_user_tables.columns[0]", is("relname"))
                .body("postgres.table_stats.pg_stat_user_tables.rows.collect{it[0]}", hasItem("account"));
    }

    private long count(String sql) {
        return database.transaction(tx -> tx.one(sql).getLong(0));
    }
}
