package io.burnish.agent.ntp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Edits the configuration of a time service (agent contract, 11). What is replaced stays in the file behind a marker, so that every edit
 * can be undone.
 */
enum NtpConfiguration {
    NTPD("/etc/ntp.conf", "ntpd", List.of("server ")) {
        @Override
        List<String> localClock(String original) {
            return List.of(
                    "server  127.127.1.0 " + MARKER, "fudge   127.127.1.0 stratum 10 " + MARKER + suffix(original));
        }
    },
    CHRONY("/etc/chrony.conf", "chronyd", List.of("server ", "pool ")) {
        @Override
        List<String> localClock(String original) {
            return List.of("local stratum 10 " + MARKER + suffix(original));
        }
    };

    static final String MARKER = "# IML_EDITv1";

    private final String file;
    private final String service;
    private final List<String> sourceWords;

    NtpConfiguration(String file, String service, List<String> sourceWords) {
        this.file = file;
        this.service = service;
        this.sourceWords = sourceWords;
    }

    abstract List<String> localClock(String original);

    String file() {
        return file;
    }

    String service() {
        return service;
    }

    /** The text with former edits undone and, if a server is given, this one as the only source of time. */
    String edit(String text, Optional<String> server) {
        List<String> lines = undo(text);
        if (server.isEmpty()) {
            return join(lines);
        }
        List<String> edited = new ArrayList<>();
        boolean placed = false;
        for (String line : lines) {
            if (sourceWords.stream().noneMatch(line::startsWith)) {
                edited.add(line);
            } else if (placed) {
                edited.add(MARKER + " " + line);
            } else {
                edited.addAll(source(server.get(), line));
                placed = true;
            }
        }
        if (!placed) {
            edited.addAll(source(server.get(), ""));
        }
        return join(edited);
    }

    private List<String> source(String server, String original) {
        return server.equals("localhost")
                ? localClock(original)
                : List.of("server " + server + " iburst " + MARKER + suffix(original));
    }

    private static List<String> undo(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int marker = line.indexOf(MARKER);
            String original =
                    marker < 0 ? line : line.substring(marker + MARKER.length()).stripLeading();
            if (marker < 0 || !original.isEmpty()) {
                lines.add(original);
            }
        }
        return lines;
    }

    private static String suffix(String original) {
        return original.isEmpty() ? "" : " " + original;
    }

    private static String join(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
