package io.burnish.gateway;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** {@code /api/openapi.json} and the page that shows it: merged from all parts, honest about those that are not there. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(Neighbour.class)
class OpenApiTest {

    private static ValidatableResponse document() {
        return Visitor.anybody().get("/api/openapi.json").then().statusCode(200);
    }

    @Test
    void everybodyReadsTheDocumentWithThePartsOfAllServices() {
        document()
                .contentType("application/json")
                .body("openapi", startsWith("3.1"))
                .body("paths.'/api/user/'.post.requestBody", notNullValue())
                .body("paths.'/api/api_key/'.get.security", notNullValue())
                .body("paths.'/api/host/'.get.responses.'200'.description", equalTo("Done."))
                .body("x-parts.host-service", is("current"))
                .body("x-parts.gateway", is("current"));
    }

    @Test
    void aServiceDescribesOnlyWhatIsRoutedToIt() {
        document()
                .body("paths", not(hasKey("/api/target/")))
                .body("paths", not(hasKey("/api/host/metric/")))
                .body("components.schemas", not(hasKey("target")));
    }

    @Test
    void aServiceThatIsAwayIsNamedAndReferencesToItLeadSomewhere() {
        document()
                .body("x-parts.target-service", startsWith("not known"))
                .body("components.schemas.command.description", containsString("not been reached"));
    }

    @Test
    void onlyGetIsAnswered() {
        Visitor.anybody().put("/api/openapi.json").then().statusCode(405).header("Allow", "GET");
    }

    @Test
    void thePageAndItsLibraryComeFromHereUnderTheRulesOfAllPages() {
        Visitor.anybody()
                .get("/api/docs/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("swagger/swagger-ui-bundle.js"), not(containsString("http")));
        for (String file : new String[] {"swagger/swagger-ui-bundle.js", "swagger/swagger-ui.css", "docs.js"}) {
            Visitor.anybody().get("/api/docs/" + file).then().statusCode(200);
        }
        Visitor.anybody().redirects().follow(false).get("/api/docs").then().statusCode(301);
        Visitor.anybody().get("/ui/").then().statusCode(200);
    }
}
