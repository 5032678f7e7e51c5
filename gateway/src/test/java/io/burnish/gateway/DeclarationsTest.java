package io.burnish.gateway;

import io.burnish.servicetests.DeclaredResourcesTest;
import io.burnish.testsupport.OwnDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;

/** What the gateway declares is what it serves behind its door. */
@QuarkusTest
@QuarkusTestResource(
        value = OwnDatabase.class,
        initArgs = @ResourceArg(name = "database", value = "declarations"),
        restrictToAnnotatedClass = true)
class DeclarationsTest extends DeclaredResourcesTest {

    @Override
    protected Map<String, String> values() {
        return Map.of("api_key.level", "1 + i % 3", "api_key.secret_hash", "sha256(('x' || i)::bytea)");
    }
}
