package io.burnish.alert.log;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Log lines that are events (monitoring 8). */
final class SyslogRules {

    private static final Pattern CONNECTION = Pattern.compile("([^\\s:]+):\\s+connection from ([^\\s@]+)@(\\S+)");
    private static final Pattern EVICTED_BY_ADMINISTRATOR = Pattern.compile("evicting (\\S+)");
    private static final Pattern EVICTED = Pattern.compile("evicting client at (\\S+)");
    private static final Pattern REASON = Pattern.compile("### (.+?): evicting client at ");
    private static final Pattern FLAVOR = Pattern.compile(": select flavor (?:.*\\s)?(\\S+)\\s*$");
    private static final Pattern LUSTRE_PID = Pattern.compile("^(?:\\[[\\d.]+])? ?Lustre(?:Error)?: (\\d{1,9}):");
    private static final Pattern PID = Pattern.compile("pid: (\\d{1,9})\\b");

    private SyslogRules() {}

    /** What a line stands for. */
    sealed interface Finding {}

    /** A momentary event on the sending server. */
    record Event(AlertType type, Severity severity, String message, Integer pid) implements Finding {}

    /** Completes the newest connection event of the same process. */
    record Flavor(int pid, String flavor) implements Finding {}

    static Optional<Finding> of(String line) {
        if (line.contains("Can't start acceptor on port") || line.contains("Can't create socket:")) {
            return Optional.of(new Event(AlertType.SYSLOG, Severity.ERROR, "Lustre port already being used", null));
        }
        // lines of an MGS have several spaces after the colon
        if (line.contains(" connection from ")) {
            return connection(line);
        }
        if (line.contains(": select flavor ")) {
            return flavor(line);
        }
        if (line.contains("obd_export_evict_by_uuid()")) {
            return evictedByAdministrator(line);
        }
        if (line.contains(": evicting client at ")) {
            return evicted(line);
        }
        return Optional.empty();
    }

    /** The same function also reports a uuid that it does not know: nobody was evicted then. */
    private static Optional<Finding> evictedByAdministrator(String line) {
        Matcher matcher = EVICTED_BY_ADMINISTRATOR.matcher(line);
        return matcher.find()
                ? Optional.of(client(
                        Severity.WARNING,
                        "client %s evicted by the administrator".formatted(matcher.group(1)),
                        number(LUSTRE_PID, line)))
                : Optional.empty();
    }

    private static Optional<Finding> connection(String line) {
        Matcher matcher = CONNECTION.matcher(line);
        return matcher.find()
                ? Optional.of(client(
                        Severity.INFO,
                        "client %s from %s connected to target %s"
                                .formatted(matcher.group(2), matcher.group(3), matcher.group(1)),
                        number(LUSTRE_PID, line)))
                : Optional.empty();
    }

    private static Optional<Finding> flavor(String line) {
        Matcher matcher = FLAVOR.matcher(line);
        Integer pid = number(LUSTRE_PID, line);
        return pid != null && matcher.find() ? Optional.of(new Flavor(pid, matcher.group(1))) : Optional.empty();
    }

    private static Optional<Finding> evicted(String line) {
        Matcher client = EVICTED.matcher(line);
        Matcher reason = REASON.matcher(line);
        return client.find()
                ? Optional.of(client(
                        Severity.WARNING,
                        "client %s evicted: %s"
                                .formatted(client.group(1), reason.find() ? reason.group(1) : "unknown reason"),
                        number(PID, line)))
                : Optional.empty();
    }

    private static Event client(Severity severity, String message, Integer pid) {
        return new Event(AlertType.CLIENT_CONNECT, severity, message, pid);
    }

    private static Integer number(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
    }
}
