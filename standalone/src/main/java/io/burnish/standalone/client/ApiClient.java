package io.burnish.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Logs in and speaks JSON, in the way of the example client of the public API document: {@code GET /api/session/} for the cookies,
 * {@code POST /api/session/} with user and password, then cookie and {@code X-CSRFToken} on every call.
 */
public final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(6);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final URI base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http;

    /**
     * A client without a session.
     *
     * @param base for example {@code https://localhost:8443/}
     * @param authority PEM file of the CA to trust
     */
    public ApiClient(URI base, Path authority) {
        this.base = base;
        this.http = HttpClient.newBuilder()
                .sslContext(TrustedAuthority.context(authority))
                .cookieHandler(cookies)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** Begins a session; throws {@link ApiException} if user or password are wrong. */
    public ApiClient login(String user, String password) {
        get("/api/session/").orThrow("GET /api/session/");
        post("/api/session/", Map.of("username", user, "password", password)).orThrow("The login of " + user);
        return this;
    }

    /** For example {@code get("/api/host/?limit=0")}. */
    public ApiReply get(String path) {
        return send("GET", path, null);
    }

    /** Sends a body as JSON. */
    public ApiReply post(String path, Object body) {
        return send("POST", path, body);
    }

    /**
     * Sends a body as JSON under an idempotency key, again and again while nobody can answer (no connection, 503, 504): what it asks for
     * is done once. Throws {@link ApiException} if there is no answer within the limit.
     */
    public ApiReply postOnce(String path, Object body, Duration limit) {
        String key = UUID.randomUUID().toString();
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            try {
                ApiReply reply = send("POST", path, body, Map.of("Idempotency-Key", key));
                if ((reply.status() != 503 && reply.status() != 504)
                        || Instant.now().isAfter(deadline)) {
                    return reply;
                }
            } catch (ApiException e) {
                if (e.status() != 0 || Instant.now().isAfter(deadline)) {
                    throw e;
                }
            }
            pause();
        }
    }

    /** Sends a body as JSON. */
    public ApiReply put(String path, Object body) {
        return send("PUT", path, body);
    }

    /** Removes. */
    public ApiReply delete(String path) {
        return send("DELETE", path, null);
    }

    /** The value of a cookie; empty if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Any request, with session and token. Throws {@link ApiException} with status 0 if no answer came. */
    public ApiReply send(String method, String path, Object body) {
        return send(method, path, body, Map.of());
    }

    private ApiReply send(String method, String path, Object body, Map<String, String> headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json")
                    .header("Referer", base.toString());
            if (!cookie("csrftoken").isEmpty()) {
                request.header("X-CSRFToken", cookie("csrftoken"));
            }
            headers.forEach(request::header);
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new ApiReply(answer.statusCode(), json(answer));
        } catch (IOException e) {
            throw new ApiException("no answer to " + method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted during " + method + " " + path, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while waiting for an answer", e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        String text = answer.body();
        boolean isJson = answer.headers().firstValue("Content-Type").orElse("").contains("json");
        if (text.isBlank()) {
            return NullNode.getInstance();
        }
        return isJson ? JSON.readTree(text) : JSON.getNodeFactory().textNode(text);
    }
}
