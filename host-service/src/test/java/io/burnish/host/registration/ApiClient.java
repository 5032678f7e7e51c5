package io.burnish.host.registration;

import static io.restassured.RestAssured.given;

import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests as they come from the gateway. */
@ApplicationScoped
public class ApiClient {

    private final Tokens tokens;

    ApiClient(Tokens tokens) {
        this.tokens = tokens;
    }

    /** By a user of that level. */
    public RequestSpecification as(Level level) {
        return given().header("Authorization", "Bearer " + tokens.mint(new Principal(7, "somebody", level, true, null)))
                .contentType("application/json");
    }

    /** By a file system administrator. */
    public RequestSpecification admin() {
        return as(Level.FSADMIN);
    }
}
