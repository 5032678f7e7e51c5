package io.burnish.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.burnish.platform.app.PlatformProcess;
import io.burnish.platform.process.Executables;
import io.burnish.platform.process.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As whom PostgreSQL runs. What root does can only be shown by root; an ordinary user's run shows the rest in the other tests. */
class PostgresIdentityTest {

    private static final int NOBODY = 65_534;

    private final int port = Ports.free(1).getFirst();
    private Path folder;

    @BeforeEach
    void asRoot() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can change identity");
        // JUnit's own temporary folders are closed to other users
        folder = Files.createTempDirectory(Path.of("/tmp"), "burnish-identity-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void cleanUp() throws IOException {
        if (folder != null) {
            PostgresPrograms.delete(folder);
        }
    }

    @Test
    void rootRunsTheServerInAUserNamespaceAndKeepsItsFiles() throws Exception {
        PostgresIdentity identity = PostgresIdentity.choose();
        assumeTrue(identity instanceof PostgresIdentity.UserNamespace, "user namespaces are blocked here");

        try (PostgresServer server = start(identity)) {
            assertThat(PostgresServerTest.text(server.address(), "postgres", "SELECT 1"))
                    .isEqualTo("1");
            assertThat(Files.getAttribute(folder.resolve("pg/data/PG_VERSION"), "unix:uid"))
                    .isEqualTo(0);
        }
    }

    @Test
    void withoutUserNamespacesRootRunsTheServerAsNobody() throws Exception {
        try (PostgresServer server = start(nobody())) {
            assertThat(PostgresServerTest.text(server.address(), "postgres", "SELECT 1"))
                    .isEqualTo("1");
            assertThat(Files.getAttribute(Path.of("/proc/" + server.process().pid()), "unix:uid"))
                    .isEqualTo(NOBODY);
        }
    }

    @Test
    void aFolderThatNobodyCannotEnterIsRefusedWithTheWayOut() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> start(nobody()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot enter " + folder.resolve("pg"))
                .hasMessageContaining("Choose a data directory");
    }

    @Test
    void anOrdinaryUserRunsTheServerAsItself() throws Exception {
        List<String> asNobody = nobody().wrapper();
        Path classPath = readableClassPath();
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", NOBODY);

        try (PlatformProcess process = PlatformProcess.start(
                asNobody,
                classPath + "/*",
                Map.of(
                        "HOME",
                        home.toString(),
                        "BURNISH_CACHE_DIR",
                        home.resolve("cache").toString()),
                "postgres",
                "--data",
                home.resolve("pg").toString(),
                "--port",
                Integer.toString(port))) {
            assertThat(Files.getAttribute(home.resolve("pg/data/PG_VERSION"), "unix:uid"))
                    .isEqualTo(NOBODY);
            assertThat(process.stop()).isEqualTo(143);
        }
    }

    private PostgresServer start(PostgresIdentity identity) throws IOException {
        return PostgresServer.start(
                PostgresOptions.throwAway(folder.resolve("pg"), port), identity, Duration.ofSeconds(1));
    }

    private static PostgresIdentity nobody() {
        return new PostgresIdentity.Nobody(Executables.find("setpriv").orElseThrow());
    }

    /** Copies the class path out of root's home. */
    private Path readableClassPath() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("lib"));
        List<Path> classFolders = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                Files.copy(path, copy.resolve(path.getFileName()));
            } else if (Files.isDirectory(path)) {
                classFolders.add(path);
            }
        }
        for (Path classes : classFolders) {
            jar(classes, copy.resolve("classes-" + classes.getFileName() + ".jar"));
        }
        return copy;
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                zip.putNextEntry(
                        new java.util.zip.ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }
}
