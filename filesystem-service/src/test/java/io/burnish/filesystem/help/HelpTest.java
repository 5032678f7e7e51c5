package io.burnish.filesystem.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.kit.security.Level;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/help/conf_param/} (API contract, core 2.8). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class HelpTest {

    private static final String PATH = "/api/help/conf_param/";

    private final FsLab lab;

    HelpTest(FsLab lab) {
        this.lab = lab;
    }

    private RequestSpecification anonymous() {
        return lab.as(Level.ANONYMOUS);
    }

    private Map<String, String> help(String query) {
        return anonymous()
                .get(PATH + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("$");
    }

    @ParameterizedTest
    @CsvSource({"FS,11,sys.timeout", "MDT,11,mdt.hsm_control", "OST,15,osc.max_dirty_mb"})
    void everyKindHasItsParametersAlsoForWhoIsNotLoggedIn(String kind, int count, String one) {
        Map<String, String> help = help("?kind=" + kind);
        assertThat(help).hasSize(count).containsKey(one);
        assertThat(help.values()).allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @Test
    void keysOfSeveralKindsCanBeAskedFor() {
        assertThat(help("?keys=osc.active,sys.timeout")).containsOnlyKeys("osc.active", "sys.timeout");
        // the kind wins
        assertThat(help("?keys=osc.active&kind=MDT")).hasSize(11);
    }

    @Test
    void whatDoesNotExistIsRefused() {
        anonymous().get(PATH).then().statusCode(400).body("kind", contains("This field is mandatory"));
        anonymous()
                .get(PATH + "?kind=MGT")
                .then()
                .statusCode(400)
                .body("kind", contains("Must be one of ['OST', 'MDT', 'FS']"));
        anonymous()
                .get(PATH + "?keys=osc.active,osc.x,y")
                .then()
                .statusCode(400)
                .body("keys", contains("Unknown parameter: osc.x, y"));
        anonymous().get(PATH + "?keys=").then().statusCode(400);
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            lab.admin().body("{}").request(method, PATH).then().statusCode(405);
        }
        for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
            lab.admin().body("{}").request(method, "/api/help/").then().statusCode(405);
        }
    }
}
