package io.burnish.gateway.openapi;

import io.burnish.kit.api.http.Responses;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code GET /api/openapi.json}: for everybody, like the directory. */
@ApplicationScoped
public class OpenApiPage {

    private static final List<HttpMethod> GET_ONLY = List.of(HttpMethod.GET);

    private final Parts parts;
    private final Responses responses;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    OpenApiPage(Parts parts, Responses responses) {
        this.parts = parts;
        this.responses = responses;
    }

    /** Answers a request for the document; does not block. */
    public void serve(HttpServerRequest request) {
        if (request.method() == HttpMethod.OPTIONS) {
            responses.options(request, GET_ONLY);
        } else if (request.method() != HttpMethod.GET) {
            responses.methodNotAllowed(request, GET_ONLY);
        } else {
            threads.execute(() -> answer(request));
        }
    }

    private void answer(HttpServerRequest request) {
        try {
            responses.json(request, 200, ApiDocument.of(parts.all()).toString());
        } catch (RuntimeException e) {
            responses.fail(request, e);
        }
    }
}
