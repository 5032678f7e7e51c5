package io.burnish.gateway;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Somebody at the door, in the flow of the public document's example client. */
final class Visitor {

    static final String ADMIN_PASSWORD = "correct horse";

    private Visitor() {}

    static RequestSpecification anybody() {
        return given().baseUri("https://localhost:" + Neighbour.DOOR.get())
                .relaxedHTTPSValidation()
                .accept(ContentType.JSON);
    }

    static RequestSpecification admin() {
        return loggedIn("admin", ADMIN_PASSWORD);
    }

    /** A session's requests: one specification must not be used twice with different bodies. */
    static RequestSpecification loggedIn(String username, String password) {
        Response login = login(username, password);
        login.then().statusCode(201);
        return anybody()
                .cookie("sessionid", login.cookie("sessionid"))
                .cookie("csrftoken", login.cookie("csrftoken"))
                .header("X-CSRFToken", login.cookie("csrftoken"))
                .contentType(ContentType.JSON);
    }

    static Response login(String username, String password) {
        Response first = anybody().get("/api/session/");
        return anybody()
                .cookies(first.cookies())
                .header("X-CSRFToken", first.cookie("csrftoken"))
                .contentType(ContentType.JSON)
                .body(Map.of("username", username, "password", password))
                .post("/api/session/");
    }

    /** A program that has nothing but a key. */
    static RequestSpecification withKey(String secret) {
        return anybody().header("Authorization", "Bearer " + secret).contentType(ContentType.JSON);
    }
}
