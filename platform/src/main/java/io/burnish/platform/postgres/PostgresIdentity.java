package io.burnish.platform.postgres;

import io.burnish.platform.process.Executables;
import io.burnish.platform.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so root needs a way out of being root.
 *
 * <p>The order of preference for root is the user namespace, because files stay root's own and folders that only root may enter
 * work; where user namespaces are blocked (many containers) it is the user {@code nobody}, who must be able to reach the data.
 */
sealed interface PostgresIdentity {

    /** Wrapper before the command; it replaces itself by the command, so that the pid stays. */
    List<String> wrapper();

    /** Makes a folder, with everything in it, usable for this identity. */
    void own(Path folder) throws IOException;

    /** Where the programs are unpacked. */
    default Path cache() {
        return CacheFolder.ofUser();
    }

    /** An ordinary user: PostgreSQL simply runs as that user. */
    record Caller() implements PostgresIdentity {
        @Override
        public List<String> wrapper() {
            return List.of();
        }

        @Override
        public void own(Path folder) {}
    }

    /** Root outside, an unmapped user inside a user namespace of its own. */
    record UserNamespace(Path unshare) implements PostgresIdentity {
        @Override
        public List<String> wrapper() {
            return List.of(unshare.toString(), "-U", "--");
        }

        @Override
        public void own(Path folder) {}
    }

    /** Root gives its rights up and becomes {@code nobody}. */
    record Nobody(Path setpriv) implements PostgresIdentity {

        private static final int ID = 65_534;

        @Override
        public List<String> wrapper() {
            return List.of(setpriv.toString(), "--reuid=" + ID, "--regid=" + ID, "--clear-groups", "--");
        }

        @Override
        public void own(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.setAttribute(file, "unix:uid", ID);
                    Files.setAttribute(file, "unix:gid", ID);
                }
            }
            if (!reaches(folder)) {
                throw new IOException(
                        "PostgreSQL must not run as root and runs as nobody here, who cannot enter " + folder
                                + ". Choose a data directory outside folders that only root may enter (for example under /var/lib),"
                                + " or start Burnish as an ordinary user.");
            }
        }

        @Override
        public Path cache() {
            return CacheFolder.ofMachine();
        }

        private boolean reaches(Path folder) {
            return Probe.succeeds(Stream.concat(wrapper().stream(), Stream.of("test", "-w", folder.toString()))
                    .toList());
        }
    }

    /** The identity that works for the user of this JVM on this machine. */
    static PostgresIdentity choose() {
        if (!isRoot()) {
            return new Caller();
        }
        return Executables.find("unshare")
                .filter(unshare -> Probe.succeeds(List.of(unshare.toString(), "-U", "--", "true")))
                .<PostgresIdentity>map(UserNamespace::new)
                .or(() -> Executables.find("setpriv").map(Nobody::new))
                .orElseThrow(() ->
                        new IllegalStateException("PostgreSQL must not run as root, and this machine offers neither"
                                + " user namespaces (unshare -U) nor setpriv. Start Burnish as an ordinary user."));
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
