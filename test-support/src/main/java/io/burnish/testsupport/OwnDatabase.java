package io.burnish.testsupport;

/**
 * The platform with another database than the module's, for one test class:
 *
 * <pre>{@code
 * @QuarkusTestResource(value = OwnDatabase.class, initArgs = @ResourceArg(name = "database", value = "mine"), restrictToAnnotatedClass = true)
 * }</pre>
 *
 * <p>Resources of other classes of the module are started for this class as well; this one comes after them, so its settings hold.
 */
public final class OwnDatabase extends PlatformTestResource {

    @Override
    public int order() {
        return 1;
    }
}
