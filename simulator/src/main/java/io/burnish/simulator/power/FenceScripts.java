package io.burnish.simulator.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Fence agents for a manager that has none installed, and no unit to reach: programs with the names of the real ones that pass what they read
 * to this simulator and answer what it answers. Passwords go through pipes and the loopback interface only.
 */
public final class FenceScripts {

    private static final List<String> AGENTS = List.of("fence_apc", "fence_apc_snmp", "fence_ipmilan");

    /** The answer's first line is the exit status; {@code E} lines are standard error. */
    private static final String SCRIPT = """
            #!/bin/bash
            # Passes the options on standard input to the simulated power units.
            input=$(cat)
            exec 3<>/dev/tcp/127.0.0.1/%d || { echo "The simulator is not there" >&2; exit 1; }
            LC_ALL=C
            printf 'POST /fence/%s HTTP/1.0\\r\\nContent-Length: %%d\\r\\n\\r\\n%%s' "${#input}" "$input" >&3
            while IFS= read -r line <&3 && [ -n "${line%%$'\\r'}" ]; do :; done
            IFS= read -r status <&3 || exit 1
            while IFS= read -r line <&3; do
                case "$line" in
                    E*) printf '%%s\\n' "${line#E}" >&2 ;;
                    *) printf '%%s\\n' "${line#O}" ;;
                esac
            done
            exit "$status"
            """;

    private FenceScripts() {}

    /** Writes the agents into {@code fence-agents} below a directory. */
    public static void write(Path directory, int controlPort) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("fence-agents"));
        for (String agent : AGENTS) {
            Path fresh = folder.resolve("." + agent);
            Files.writeString(fresh, SCRIPT.formatted(controlPort, agent));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(
                    fresh, folder.resolve(agent), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
