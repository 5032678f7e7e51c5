package io.burnish.kit.call;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.Refusal;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.security.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;

/**
 * Calls {@code /internal/} paths of other services. Blocks: for virtual threads. A service that is away gives a 503, one that does
 * not answer in time a 504; a refusal gives {@link RefusedException}.
 */
@ApplicationScoped
public class InternalClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Config config;
    private final Tokens tokens;

    InternalClient(Config config, Tokens tokens) {
        this.config = config;
        this.tokens = tokens;
    }

    /** The other service understood and said no. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.message(), null, false, false);
            this.refusal = refusal;
        }

        /** What it said. */
        public Refusal refusal() {
            return refusal;
        }
    }

    /** POST of a JSON body; returns the JSON answer. */
    public <T> T post(ServiceName service, String path, Object body, Class<T> answer) {
        return send("POST", service, path, body, answer).orElseThrow(() -> broken(service, path, "no body"));
    }

    /** POST or DELETE without an answer. */
    public void send(String method, ServiceName service, String path, Object body) {
        send(method, service, path, body, Void.class);
    }

    /** GET; empty if there is nothing (404). */
    public <T> Optional<T> get(ServiceName service, String path, Class<T> answer) {
        return send("GET", service, path, null, answer);
    }

    /** Any method with an optional answer: empty for 204 and 404. */
    public <T> Optional<T> send(String method, ServiceName service, String path, Object body, Class<T> answer) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base(service) + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.ofThisService())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(ContractJson.write(body)))
                .build();
        HttpResponse<byte[]> response = exchange(service, request);
        return switch (response.statusCode()) {
            case 200, 201, 202 ->
                answer == Void.class || response.body().length == 0
                        ? Optional.empty()
                        : Optional.of(ContractJson.read(response.body(), answer));
            case 204, 404 -> Optional.empty();
            case 400 -> throw new RefusedException(ContractJson.read(response.body(), Refusal.class));
            case 503 ->
                throw ApiError.unavailable("The " + service.wire() + " is not ready. Try again in a few seconds.");
            default ->
                throw broken(
                        service,
                        path,
                        response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        };
    }

    private HttpResponse<byte[]> exchange(ServiceName service, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            if (e instanceof java.net.http.HttpConnectTimeoutException) {
                throw away(service);
            }
            throw ApiError.timeout("The " + service.wire() + " did not answer in time.");
        } catch (IOException e) {
            throw away(service);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(service);
        }
    }

    private static ApiError away(ServiceName service) {
        return ApiError.unavailable("The " + service.wire() + " is not available. Try again in a few seconds.");
    }

    private static IllegalStateException broken(ServiceName service, String path, String answer) {
        return new IllegalStateException(service.wire() + path + " answered " + answer);
    }

    private String base(ServiceName service) {
        return config.getValue("burnish." + service.wire() + ".url", String.class);
    }
}
