package io.burnish.agent.system.linux;

import io.burnish.agent.system.CommandNotFoundException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds executables, also those of administrators that a service's search path lacks. */
final class Programs {

    private static final List<String> ALWAYS = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private final List<Path> directories;

    Programs(String searchPath) {
        this.directories = Stream.concat(
                        Stream.of(searchPath.split(File.pathSeparator)).filter(part -> !part.isEmpty()),
                        ALWAYS.stream())
                .distinct()
                .map(Path::of)
                .toList();
    }

    /** The directories as a search path for children. */
    String searchPath() {
        return String.join(
                File.pathSeparator, directories.stream().map(Path::toString).toList());
    }

    /**
     * The file that a program name means.
     *
     * @throws CommandNotFoundException if there is none
     */
    Path locate(String program) {
        return find(program).orElseThrow(() -> new CommandNotFoundException(program));
    }

    Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Programs::executable);
        }
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(Programs::executable)
                .findFirst();
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
