package io.burnish.command;

import io.burnish.servicetests.DeclaredResourcesTest;
import io.burnish.testsupport.OwnDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;

/** What this service declares is what it serves. */
@QuarkusTest
@QuarkusTestResource(
        value = OwnDatabase.class,
        initArgs = @ResourceArg(name = "database", value = "declarations"),
        restrictToAnnotatedClass = true)
class DeclarationsTest extends DeclaredResourcesTest {}
