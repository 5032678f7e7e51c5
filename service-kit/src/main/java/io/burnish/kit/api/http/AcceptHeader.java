package io.burnish.kit.api.http;

import io.burnish.kit.api.ApiError;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/**
 * The {@code Accept} header (API contract, core 1.4): answers are JSON whatever it prefers, but one that is no list of media types is
 * refused, unless {@code format=json} makes it void.
 */
final class AcceptHeader {

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*(?:\\*|[^\\s/;]+/[^\\s/;]+)\\s*(?:;.*)?");

    private AcceptHeader() {}

    /** @throws ApiError 400 if the header cannot be read */
    static void check(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        if (accept != null && !wellFormed(accept) && !"json".equals(request.getParam("format"))) {
            throw ApiError.badQuery("Invalid Accept header");
        }
    }

    /** An empty header prefers nothing. */
    static boolean wellFormed(String accept) {
        if (accept.equals("application/json") || accept.equals("*/*") || accept.isBlank()) {
            return true;
        }
        for (String type : QUOTED.matcher(accept).replaceAll("").split(",", -1)) {
            if (!MEDIA_TYPE.matcher(type).matches()) {
                return false;
            }
        }
        return true;
    }
}
