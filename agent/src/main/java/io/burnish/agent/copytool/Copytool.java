package io.burnish.agent.copytool;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.burnish.agent.action.ActionArguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A copytool of this server, an HSM mover with its monitor (agent contract, 13).
 *
 * @param run what the manager calls its present run; {@code null} before the first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Copytool(
        String id,
        String index,
        String binPath,
        String archiveNumber,
        String filesystem,
        String mountpoint,
        String hsmArguments,
        @JsonInclude(JsonInclude.Include.NON_NULL) String run) {

    private static final String FIFO_DIRECTORY = "/var/spool/";

    static Copytool of(ActionArguments arguments) {
        return new Copytool(
                arguments.text("id"),
                arguments.optionalText("index").orElse("0"),
                arguments.text("bin_path"),
                arguments.text("archive_number"),
                arguments.text("filesystem"),
                arguments.text("mountpoint"),
                arguments.optionalText("hsm_arguments").orElse(""),
                null);
    }

    /** The same in another run. */
    Copytool inRun(String newRun) {
        return new Copytool(id, index, binPath, archiveNumber, filesystem, mountpoint, hsmArguments, newRun);
    }

    /** Service of the copytool itself. */
    @JsonIgnore
    String service() {
        return "chroma-copytool-" + id;
    }

    /** Service that relays its events to the manager. */
    @JsonIgnore
    String monitorService() {
        return "chroma-copytool-monitor-" + id;
    }

    /** Where it writes its events. */
    @JsonIgnore
    String fifo() {
        return FIFO_DIRECTORY + Path.of(binPath).getFileName() + "-" + filesystem + "-" + archiveNumber + "-" + index
                + "-events";
    }

    /** The command line that runs it. */
    @JsonIgnore
    List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of(binPath, "--quiet", "--update-interval", "5"));
        words.addAll(List.of("--event-fifo", fifo(), "--archive", archiveNumber));
        for (String word : hsmArguments.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        words.add(mountpoint);
        return words;
    }

    /** The command line that runs its monitor. */
    @JsonIgnore
    List<String> monitorCommandLine() {
        return List.of("/usr/sbin/burnish-agent", "copytool-monitor", id);
    }

    /** An init script for a command line; each word is quoted, since this is the one place where a shell reads it. */
    static String initScript(String service, List<String> commandLine) {
        String command = commandLine.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return """
                #!/bin/sh
                ### BEGIN INIT INFO
                # Provides: SERVICE
                # Required-Start: $network $remote_fs
                # Required-Stop: $network $remote_fs
                # Default-Start: 3 5
                # Default-Stop: 0 1 2 6
                # Short-Description: SERVICE
                ### END INIT INFO
                pidfile=/var/run/SERVICE.pid
                running() { [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null; }
                case "$1" in
                start)
                    running && exit 0
                    COMMAND </dev/null >/dev/null 2>&1 &
                    echo $! > "$pidfile"
                    ;;
                stop)
                    running && kill "$(cat "$pidfile")"
                    rm -f "$pidfile"
                    ;;
                restart) "$0" stop; "$0" start ;;
                status) running || exit 3 ;;
                *) echo "usage: $0 start|stop|restart|status" >&2; exit 2 ;;
                esac
                """.replace("SERVICE", service).replace("COMMAND", command);
    }
}
