package io.burnish.kit.openapi;

import io.burnish.kit.api.http.ApiRouter;
import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code GET /internal/openapi}: the service's part of the OpenAPI document, for the gateway. */
@ApplicationScoped
class OpenApiEndpoint implements InternalEndpoint {

    private final ApiRouter router;

    OpenApiEndpoint(ApiRouter router) {
        this.router = router;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String path() {
        return "/openapi";
    }

    @Override
    public Object handle(InternalCall call) {
        return OpenApiPart.of(router.resources());
    }
}
