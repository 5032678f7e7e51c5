package io.burnish.gateway.session;

import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * Protection against requests that a foreign page makes a browser send: the header {@code X-CSRFToken} must repeat the cookie {@code
 * csrftoken}, which a foreign page cannot read (API contract, core 1.17). Checked for POST only: browsers send the other methods that
 * change something to a foreign origin only after a CORS preflight, which the gateway never grants.
 */
public final class Csrf {

    /** Header that repeats the cookie. */
    public static final String HEADER = "X-CSRFToken";

    static final Duration LIFETIME = Duration.ofSeconds(31_449_600);

    private Csrf() {}

    /**
     * Whether the request may have been sent on purpose.
     *
     * @param header value of {@link #HEADER}; {@code null} if absent
     */
    public static boolean passes(HttpMethod method, String header, SessionCookies cookies) {
        if (method != HttpMethod.POST) {
            return true;
        }
        if (header == null || header.isEmpty()) {
            return false;
        }
        byte[] sent = header.getBytes(StandardCharsets.UTF_8);
        boolean same = false;
        for (String token : cookies.csrfTokens()) {
            same |= MessageDigest.isEqual(sent, token.getBytes(StandardCharsets.UTF_8));
        }
        return same;
    }
}
