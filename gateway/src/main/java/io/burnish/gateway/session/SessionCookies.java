package io.burnish.gateway.session;

import io.burnish.gateway.account.RandomKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * The session cookies of a request. A client may send several of one name: python-requests does after it has both stored a reply's
 * cookie and set the same one by hand, as the seed's example client does. Each of them is then a candidate.
 *
 * @param sessionKeys well-formed values of {@code sessionid}, in the order sent, at most {@value #CANDIDATES}
 * @param csrfTokens values of {@code csrftoken}, in the order sent, at most {@value #CANDIDATES}
 */
public record SessionCookies(List<String> sessionKeys, List<String> csrfTokens) {

    /** Cookie with the key of the session. */
    public static final String SESSION = "sessionid";
    /** Cookie whose value is repeated in the header {@code X-CSRFToken}. */
    public static final String CSRF = "csrftoken";

    static final int CANDIDATES = 4;
    private static final SessionCookies NONE = new SessionCookies(List.of(), List.of());

    /** The cookies in {@code Cookie} headers. */
    public static SessionCookies of(List<String> headers) {
        if (headers.isEmpty()) {
            return NONE;
        }
        List<String> sessions = new ArrayList<>(1);
        List<String> tokens = new ArrayList<>(1);
        for (String header : headers) {
            collect(header, sessions, tokens);
        }
        return new SessionCookies(sessions, tokens);
    }

    private static void collect(String header, List<String> sessions, List<String> tokens) {
        int from = 0;
        while (from < header.length()) {
            int end = header.indexOf(';', from);
            end = end < 0 ? header.length() : end;
            int equals = header.indexOf('=', from);
            if (equals >= 0 && equals < end) {
                String name = header.substring(from, equals).strip();
                if (name.equals(SESSION)) {
                    add(sessions, unquoted(header.substring(equals + 1, end)), true);
                } else if (name.equals(CSRF)) {
                    add(tokens, unquoted(header.substring(equals + 1, end)), false);
                }
            }
            from = end + 1;
        }
    }

    private static void add(List<String> values, String value, boolean sessionKey) {
        boolean usable = sessionKey ? RandomKeys.isSessionKey(value) : !value.isEmpty();
        if (usable && values.size() < CANDIDATES && !values.contains(value)) {
            values.add(value);
        }
    }

    private static String unquoted(String value) {
        String text = value.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** The {@code Set-Cookie} value that gives a client its session. Scripts cannot read it, and it travels over TLS only. */
    public static String session(String key) {
        return "%s=%s; Max-Age=%d; Path=/; Secure; HttpOnly; SameSite=Lax"
                .formatted(SESSION, key, Sessions.LIFETIME.toSeconds());
    }

    /** The {@code Set-Cookie} value that gives a client its CSRF token, which its scripts must read to send it back. */
    public static String csrf(String token) {
        return "%s=%s; Max-Age=%d; Path=/; Secure; SameSite=Lax".formatted(CSRF, token, Csrf.LIFETIME.toSeconds());
    }
}
