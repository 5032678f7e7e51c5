package io.burnish.kit.api.http;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Serves the declared resources below {@code /api/}. A request needs a token that the gateway signed; without one it did not come
 * through the gateway and is refused.
 */
@ApplicationScoped
public class ApiRouter {

    private static final String PREFIX = "/api/";
    private static final String BEARER = "Bearer ";

    private final Map<String, Resource> resources = new TreeMap<>();
    private final Tokens tokens;
    private final ResourceHandler handler;
    private final Responses responses;
    private final long bodyLimit;

    ApiRouter(
            @Any Instance<ApiResource> declared,
            Tokens tokens,
            ResourceHandler handler,
            Responses responses,
            @ConfigProperty(name = "burnish.api.body-limit", defaultValue = "4194304") long bodyLimit) {
        for (ApiResource resource : declared) {
            Resource declaration = resource.resource();
            resources.put(declaration.name(), declaration);
        }
        this.tokens = tokens;
        this.handler = handler;
        this.responses = responses;
        this.bodyLimit = bodyLimit;
    }

    /** All resources that this service declares. */
    public Collection<Resource> resources() {
        return resources.values();
    }

    /** The resource of that name. */
    public Optional<Resource> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    void mount(@Observes Router router) {
        router.route(PREFIX + "*").handler(context -> {
            switch (context.request().method().name()) {
                case "POST", "PUT", "PATCH", "DELETE" -> RequestBody.collect(context, bodyLimit, responses);
                default -> context.next();
            }
        });
        router.route(PREFIX + "*").handler(this::serve);
        router.route(PREFIX + "*").failureHandler(context -> responses.fail(context.request(), context.failure()));
    }

    private void serve(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<ResourcePath> path = ResourcePath.of(request.path(), resources);
        if (path.isEmpty()) {
            responses.unknownUrl(request);
        } else if (path.get().slashMissing()) {
            responses.redirectToSlash(request);
        } else {
            handler.handle(context, path.get(), caller(request));
        }
    }

    /** The caller that the gateway vouches for. */
    private Optional<Principal> caller(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? tokens.user(authorization.substring(BEARER.length()))
                : Optional.empty();
    }
}
