package io.burnish.kit.call;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.contracts.call.Refusal;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.http.Responses;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code /internal/}: only callers with a service token. */
@ApplicationScoped
class InternalRouter {

    private static final long BODY_LIMIT = 32L << 20;
    private static final String BEARER = "Bearer ";

    private final Instance<InternalEndpoint> endpoints;
    private final Tokens tokens;
    private final Responses responses;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    InternalRouter(@Any Instance<InternalEndpoint> endpoints, Tokens tokens, Responses responses) {
        this.endpoints = endpoints;
        this.tokens = tokens;
        this.responses = responses;
    }

    void mount(@Observes Router router) {
        for (InternalEndpoint endpoint : endpoints) {
            router.route(endpoint.method(), "/internal" + endpoint.path())
                    .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                    .handler(context -> serve(context, endpoint));
        }
    }

    private void serve(RoutingContext context, InternalEndpoint endpoint) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader("Authorization");
        Optional<Principal> caller = authorization != null && authorization.startsWith(BEARER)
                ? tokens.service(authorization.substring(BEARER.length()))
                : Optional.empty();
        if (caller.isEmpty()) {
            responses.refuse(request, ApiError.unauthorized());
            return;
        }
        Buffer body = context.body().buffer();
        InternalCall call =
                new InternalCall(caller.get(), context.pathParams(), body == null ? new byte[0] : body.getBytes());
        threads.execute(() -> answer(request, endpoint, call));
    }

    private void answer(HttpServerRequest request, InternalEndpoint endpoint, InternalCall call) {
        try {
            Object answer = endpoint.handle(call);
            if (answer == null) {
                responses.empty(request, 204);
            } else {
                responses.json(request, 200, ContractJson.text(answer));
            }
        } catch (Refused e) {
            responses.json(request, 400, ContractJson.text(e.refusal()));
        } catch (MalformedMessageException e) {
            responses.json(request, 400, ContractJson.text(new Refusal("__all__", e.getMessage(), null)));
        } catch (RuntimeException e) {
            responses.fail(request, e);
        }
    }
}
