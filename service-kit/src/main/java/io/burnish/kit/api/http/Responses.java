package io.burnish.kit.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** The one place where outcomes become HTTP responses (API contract, core 1.4 and 1.13). */
@ApplicationScoped
public class Responses {

    private static final Logger LOG = Logger.getLogger(Responses.class);
    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";

    /** A JSON body. */
    public void json(HttpServerRequest request, int status, String body) {
        json(request, status, Buffer.buffer(body));
    }

    /** A JSON body as bytes. */
    void json(HttpServerRequest request, int status, Buffer body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", JSON);
        cacheHeaders(request, status);
        response.end(body);
    }

    /** Begins a JSON body whose length is not known yet; it is written in parts. */
    void beginJson(HttpServerRequest request) {
        request.response().setStatusCode(200).setChunked(true).putHeader("Content-Type", JSON);
        cacheHeaders(request, 200);
    }

    /** Text of another type. */
    public void text(HttpServerRequest request, int status, String contentType, String body) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", contentType)
                    .end(body);
        }
    }

    /** No body. */
    public void empty(HttpServerRequest request, int status) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        if (status != 204) {
            response.putHeader("Content-Type", HTML);
        }
        cacheHeaders(request, status);
        response.end();
    }

    /** Absolute URL of a path of this installation, as the caller addressed it. */
    public String absolute(HttpServerRequest request, String path) {
        String host = request.getHeader("X-Forwarded-Host");
        String scheme = request.getHeader("X-Forwarded-Proto");
        return (scheme == null ? "https" : scheme) + "://" + (host == null ? request.authority() : host) + path;
    }

    /** A refusal. */
    public void refuse(HttpServerRequest request, ApiError error) {
        error.headers().forEach((name, value) -> request.response().putHeader(name, value));
        JsonNode body = error.body();
        if (body == null) {
            empty(request, error.status());
        } else {
            json(request, error.status(), body.toString());
        }
    }

    /** Any failure: refusals as they are, an absent database as 503, everything else as 500 with a reference to the log. */
    public void fail(HttpServerRequest request, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        switch (failure) {
            case ApiError error -> refuse(request, error);
            case DatabaseUnavailableException e -> {
                LOG.debugf("no database for %s %s: %s", request.method(), request.path(), e.getMessage());
                refuse(request, ApiError.unavailable("The database is not available. Try again in a few seconds."));
            }
            case DecoderException e -> refuse(request, ApiError.badQuery("The request body cannot be read."));
            case HttpClosedException gone -> LOG.debugf("nobody waits for %s %s", request.method(), request.path());
            case null, default -> {
                String reference = UUID.randomUUID().toString().substring(0, 8);
                LOG.errorf(failure, "defect %s in %s %s", reference, request.method(), request.path());
                refuse(request, ApiError.defect(reference));
            }
        }
    }

    /** 405 with the allowed methods in header and body. */
    public void methodNotAllowed(HttpServerRequest request, Collection<HttpMethod> allowed) {
        String methods = String.join(",", allowed.stream().map(HttpMethod::name).toList());
        request.response().putHeader("Allow", methods);
        text(request, 405, HTML, methods);
    }

    /** 200 with the allowed methods. */
    public void options(HttpServerRequest request, Collection<HttpMethod> allowed) {
        String methods = String.join(",", allowed.stream().map(HttpMethod::name).toList());
        request.response().putHeader("Allow", methods);
        text(request, 200, HTML, methods);
    }

    /** 404 page of a path that belongs to no resource. */
    public void unknownUrl(HttpServerRequest request) {
        String path = request.path().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        text(
                request,
                404,
                "text/html",
                "<h1>Not Found</h1><p>The requested URL %s was not found on this server.</p>".formatted(path));
    }

    /** 301 to the same URL with a slash at its end. */
    public void redirectToSlash(HttpServerRequest request) {
        String query = request.query();
        request.response()
                .putHeader("Location", absolute(request, request.path() + "/" + (query == null ? "" : "?" + query)));
        empty(request, 301);
    }

    private static void cacheHeaders(HttpServerRequest request, int status) {
        boolean read = request.method() == HttpMethod.GET && status == 200;
        if (read) {
            request.response().putHeader("Vary", "Accept, Cookie");
        }
        if (read || "XMLHttpRequest".equals(request.getHeader("X-Requested-With"))) {
            request.response().putHeader("Cache-Control", "no-cache");
        }
    }
}
