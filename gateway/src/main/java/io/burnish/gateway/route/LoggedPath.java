package io.burnish.gateway.route;

/** The form of a path that may be written down: without the secrets that some paths contain, and of bounded length. */
public final class LoggedPath {

    private static final int LIMIT = 500;
    private static final String AGENT = "/agent/";

    private LoggedPath() {}

    /** {@code /agent/register/<secret>/} becomes {@code /agent/register/.../}. */
    public static String of(String path) {
        String shown = path;
        if (path.startsWith(AGENT)) {
            int secret = path.indexOf('/', AGENT.length()) + 1;
            int end = secret == 0 ? -1 : path.indexOf('/', secret);
            shown = secret == 0 ? path : path.substring(0, secret) + "..." + (end < 0 ? "" : path.substring(end));
        }
        return shown.length() <= LIMIT ? shown : shown.substring(0, LIMIT) + "...";
    }
}
