package io.burnish.gateway.audit;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Who a caller turned out to be by logging in. The session resource notes it on its response; the door takes it off before the
 * response leaves.
 *
 * @param username never empty
 */
public record AuditActor(long accountId, String username) {

    private static final String HEADER = "X-Burnish-Actor";

    /** Notes it on the response to a request. */
    public static void note(HttpServerRequest request, long accountId, String username) {
        request.response().putHeader(HEADER, accountId + " " + username);
    }

    /** What was noted on a response. */
    public static Optional<AuditActor> of(MultiMap responseHeaders) {
        String noted = responseHeaders.get(HEADER);
        if (noted == null) {
            return Optional.empty();
        }
        int blank = noted.indexOf(' ');
        return Optional.of(new AuditActor(Long.parseLong(noted, 0, blank, 10), noted.substring(blank + 1)));
    }
}
