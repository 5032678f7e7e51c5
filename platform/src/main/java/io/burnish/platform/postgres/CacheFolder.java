package io.burnish.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where unpacked programs are kept between starts: {@code BURNISH_CACHE_DIR}, else {@code $XDG_CACHE_HOME/burnish}, else
 * {@code ~/.cache/burnish}, else a folder of the user alone under the temporary folder.
 */
final class CacheFolder {

    private CacheFolder() {}

    /** A folder that the current user may write. */
    static Path ofUser() {
        return Stream.of(
                        setting("BURNISH_CACHE_DIR").map(Path::of),
                        setting("XDG_CACHE_HOME").map(base -> Path.of(base, "burnish")),
                        Optional.ofNullable(System.getProperty("user.home"))
                                .map(home -> Path.of(home, ".cache", "burnish")))
                .flatMap(Optional::stream)
                .filter(Path::isAbsolute)
                .filter(CacheFolder::usable)
                .findFirst()
                .orElseGet(CacheFolder::temporary);
    }

    /** A folder that root writes and every user reads. */
    static Path ofMachine() {
        return setting("BURNISH_CACHE_DIR").map(Path::of).orElse(Path.of("/var/cache/burnish"));
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static boolean usable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** Others can write the temporary folder: a folder there is used only if it is this user's alone. */
    private static Path temporary() {
        String user = System.getProperty("user.name");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "burnish-cache-" + user);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            boolean own = Files.getOwner(folder).equals(Files.getOwner(Path.of("/proc/self")))
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                            .equals("rwx------");
            if (!own) {
                throw new IOException(folder + " exists and is not a folder of user " + user + " alone");
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for unpacked programs; set BURNISH_CACHE_DIR to one", e);
        }
    }
}
