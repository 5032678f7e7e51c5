package io.burnish.gateway.proxy;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.http.Responses;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Answers requests whose body nobody will read. */
@ApplicationScoped
public class Refusals {

    /** How long a client may go on sending after it was refused, to see the answer instead of a broken connection. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Responses responses;
    private final Vertx vertx;

    Refusals(Responses responses, Vertx vertx) {
        this.responses = responses;
        this.vertx = vertx;
    }

    /** Refuses, and closes the connection unless the client's body ends soon. */
    public void refuse(HttpServerRequest request, ApiError error) {
        boolean unread = !request.isEnded() && hasBody(request);
        if (unread && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        responses.refuse(request, error);
        discard(request);
    }

    /** Throws away what is left of the request's body; after a while also the connection that it comes by. */
    public void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        request.exceptionHandler(gone -> {});
        request.handler(ignored -> {});
        request.resume();
        if (hasBody(request)) {
            vertx.setTimer(GRACE.toMillis(), timer -> {
                if (!request.isEnded()) {
                    cutOff(request);
                }
            });
        }
    }

    /** HTTP/2 has other requests on the same connection. */
    private static void cutOff(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : !length.equals("0");
    }
}
