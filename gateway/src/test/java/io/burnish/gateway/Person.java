package io.burnish.gateway;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A user made for a test, and what it does. */
record Person(long id, String name) {

    static final String PASSWORD = "battery staple";
    static final String SUPERUSERS = "/api/group/1/";
    static final String ADMINISTRATORS = "/api/group/2/";
    static final String USERS = "/api/group/3/";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A new user in these groups. */
    static Person in(String... groups) {
        String name = "person" + NUMBER.incrementAndGet();
        List<String> links = List.of(groups);
        long id = Visitor.admin()
                .body(Map.of("username", name, "password1", PASSWORD, "password2", PASSWORD, "groups", links))
                .post("/api/user/")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
        return new Person(id, name);
    }

    String uri() {
        return "/api/user/" + id + "/";
    }

    RequestSpecification session() {
        return Visitor.loggedIn(name, PASSWORD);
    }

    /** A new API key of this user. */
    JsonPath key(String keyName, String role) {
        return session()
                .body(Map.of("name", keyName, "role", role))
                .post("/api/api_key/")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    void moveTo(String... groups) {
        Visitor.admin()
                .body(Map.of("id", id, "username", name, "groups", List.of(groups)))
                .put(uri())
                .then()
                .statusCode(200);
    }
}
