package io.burnish.standalone.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkout with everything built.
 *
 * @param root the directory that holds the modules
 */
public record Installation(Path root) {

    /** System property that names the root. */
    public static final String PROPERTY = "burnish.home";

    public Installation {
        root = root.toAbsolutePath().normalize();
    }

    /** The one that the launcher named with {@code -Dburnish.home=…}, or the working directory. */
    public static Installation present() {
        return new Installation(Path.of(System.getProperty(PROPERTY, "")));
    }

    /**
     * The runnable jar of a service, for example {@code host-service}.
     *
     * @throws IllegalStateException if it is not built
     */
    public Path service(String name) {
        return built(root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /** Class path of the simulated cluster. */
    public String simulatorClassPath() {
        return classPath("simulator");
    }

    /** Class path of PostgreSQL, Kafka and this supervisor. */
    public String platformClassPath() {
        return classPath("standalone");
    }

    /** What the installer gives to storage servers. */
    public Path agentPackage() {
        return built(root.resolve("agent/target/burnish-agent-dist.tar.gz"));
    }

    private String classPath(String module) {
        Path target = root.resolve(module).resolve("target");
        return built(target.resolve(module + ".jar")) + ":" + built(target.resolve("lib")) + "/*";
    }

    private static Path built(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing. Build first: ./mvnw package -DskipTests");
        }
        return path;
    }

    /** The services, in the order in which they are named to the user. */
    public static List<String> services() {
        return List.of(
                "gateway",
                "host-service",
                "target-service",
                "filesystem-service",
                "command-service",
                "alert-service",
                "metrics-service");
    }
}
