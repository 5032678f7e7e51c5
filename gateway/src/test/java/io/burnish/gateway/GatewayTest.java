package io.burnish.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The door, over TLS, on real PostgreSQL: who gets in, what is passed on, what is said when a service is away. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(Neighbour.class)
class GatewayTest {

    private static final Map<String, String> ADMIN = Map.of("username", "admin", "password", Visitor.ADMIN_PASSWORD);

    @Inject
    Database database;

    @Test
    void firstGetOfTheSessionSetsBothCookiesAndNamesNobody() {
        Visitor.anybody()
                .get("/api/session/")
                .then()
                .statusCode(200)
                .cookie("sessionid", notNullValue())
                .cookie("csrftoken", notNullValue())
                .body("user", nullValue())
                .body("read_enabled", is(false));
    }

    @Test
    void loginIsRememberedAndNamesTheUser() {
        Visitor.admin()
                .get("/api/session/")
                .then()
                .statusCode(200)
                .body("user.username", is("admin"))
                .body("read_enabled", is(true));
    }

    @Test
    void wrongPasswordIsRefusedInTheDocumentedShape() {
        Visitor.login("admin", "wrong").then().statusCode(403).body("__all__", is("Authentication Failed."));
    }

    @Test
    void loginWithoutTheCsrfTokenIsRefused() {
        Visitor.anybody()
                .contentType(ContentType.JSON)
                .body(ADMIN)
                .post("/api/session/")
                .then()
                .statusCode(401);
    }

    @Test
    void logoutEndsTheSession() {
        RequestSpecification session = Visitor.admin();
        session.delete("/api/session/").then().statusCode(204);
        session.get("/api/session/").then().body("user", nullValue());
    }

    @Test
    void requestIsPassedToTheOwnerWithATokenInPlaceOfTheCookie() {
        Visitor.admin().get("/api/host/?limit=3").then().statusCode(200).body("objects.size()", is(0));
        Neighbour.Arrival arrival = Neighbour.LAST.get();
        assertThat(arrival.path()).isEqualTo("/api/host/?limit=3");
        assertThat(arrival.authorization()).startsWith("Bearer ey");
    }

    @Test
    void longBodyReachesTheOwnerWhole() {
        String body = "{\"address\": \"" + "x".repeat(3_000_000) + "\"}";
        Visitor.admin().body(body).post("/api/host/").then().statusCode(200);
        assertThat(Neighbour.LAST.get().bodyBytes()).isEqualTo(body.length());
    }

    @Test
    void bodiesThatAreNoJsonObjectsAreRefused() {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            Visitor.admin()
                    .config(RestAssuredConfig.config()
                            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(type, ContentType.TEXT)))
                    .relaxedHTTPSValidation()
                    .contentType(type)
                    .body("username=a&" + "x".repeat(20_000))
                    .post("/api/user/")
                    .then()
                    .statusCode(400)
                    .body("error", containsString("no available deserialization method"));
        }
        for (String body :
                List.of("{", "[]", "{} {}", "nul", "{\"username\": \"a\\u0000b\"}", "{\"\\u0000\": 1}", "\u0000")) {
            Visitor.admin().body(body).post("/api/user/").then().statusCode(400).body("error", notNullValue());
        }
        // what looks like a NUL but is text
        Visitor.admin()
                .body("{\"first_name\": \"\\\\u0000\"}")
                .post("/api/user/")
                .then()
                .statusCode(400)
                .body("username", notNullValue());
    }

    @Test
    void bodyLargerThanAServiceTakesIsRefused() {
        Visitor.admin()
                .body("{\"username\": \"" + "x".repeat(5_000_000) + "\"}")
                .post("/api/user/")
                .then()
                .statusCode(413)
                .body("error_message", containsString("larger than"));
    }

    @Test
    void serviceThatIsDownGives503WithRetryAfterAndAnExplanation() {
        Visitor.admin()
                .get("/api/target/")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("error_message", containsString("target-service"));
    }

    @Test
    void slowServiceGives504() {
        Visitor.admin()
                .get("/api/host/silent/")
                .then()
                .statusCode(504)
                .body("error_message", containsString("did not answer in time"))
                .body("error_message", not(containsString("Exception")));
    }

    @Test
    void authorityIsHandedOutToAnybody() {
        Visitor.anybody().get("/certificate/").then().statusCode(200).body(containsString("BEGIN CERTIFICATE"));
    }

    @Test
    void internalPathsAreNotReachableFromOutside() {
        for (String path :
                new String[] {"/internal/commands", "/q/health", "/api/../internal/commands", "/api//internal"}) {
            Visitor.admin().urlEncodingEnabled(false).get(path).then().statusCode(404);
        }
    }

    @Test
    void listOfResourcesIsTheApisOwn() {
        Visitor.anybody()
                .get("/api/")
                .then()
                .statusCode(200)
                .body("host.list_endpoint", is("/api/host/"))
                .body("filesystem.schema", is("/api/filesystem/schema/"));
    }

    @Test
    void everyAttemptToChangeSomethingIsInTheAuditAllowedOrNot() {
        long before = audited();
        Visitor.anybody().contentType(ContentType.JSON).body("{}").post("/api/host/");
        Visitor.admin().body("{}").post("/api/host/").then().statusCode(200);
        // the login is one too
        assertThat(audited() - before).isEqualTo(3);
    }

    private long audited() {
        return database.transaction(tx -> tx.one("SELECT count(*) FROM audit").getLong(0));
    }
}
