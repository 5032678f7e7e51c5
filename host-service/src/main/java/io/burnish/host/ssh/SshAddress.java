package io.burnish.host.ssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server is reached over SSH: {@code [user@]host[:port]} (API contract, core 2.15). Without a user it is {@code root}, without a
 * port 22.
 */
public record SshAddress(String user, String host, int port) {

    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\\d{1,5}))?");
    private static final String ROOT = "root";
    private static final int SSH_PORT = 22;
    private static final int LONGEST = 255;
    private static final int LARGEST_PORT = 65_535;

    /** Reads an address; empty if it has not the form. */
    public static Optional<SshAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group(3) == null ? SSH_PORT : Integer.parseInt(matcher.group(3));
        if (port < 1 || port > LARGEST_PORT) {
            return Optional.empty();
        }
        return Optional.of(new SshAddress(Optional.ofNullable(matcher.group(1)).orElse(ROOT), matcher.group(2), port));
    }

    /** Whether commands run with all rights without further ado. */
    public boolean isRoot() {
        return ROOT.equals(user);
    }

    /** What a host key belongs to. */
    public String endpoint() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return user + "@" + endpoint();
    }
}
