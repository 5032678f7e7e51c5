package io.burnish.gateway.door;

import io.burnish.kit.api.http.Responses;
import io.burnish.kit.pki.PkiDirectory;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** The pages and files that the gateway serves itself (API contract, core 1.20): the console below {@code /ui/}, the CA certificate. */
@ApplicationScoped
class Site {

    private static final String UI = "/ui/";
    private static final String FILES = "META-INF/resources/ui";

    private final Router router;
    private final Responses responses;

    Site(Vertx vertx, PkiDirectory pki, Responses responses) {
        this.responses = responses;
        String authority = pki.authorityCertificate();
        router = Router.router(vertx);
        router.route().handler(Site::protect);
        router.get("/").handler(context -> redirect(context, UI));
        router.get("/ui").handler(context -> redirect(context, UI));
        router.get("/api").handler(context -> redirect(context, "/api/"));
        router.get("/certificate").handler(context -> certificate(context, authority));
        router.get("/certificate/").handler(context -> certificate(context, authority));
        router.get(UI + "*").handler(StaticHandler.create(FILES).setIncludeHidden(false));
        router.route().handler(context -> responses.unknownUrl(context.request()));
        router.errorHandler(404, context -> responses.unknownUrl(context.request()));
        router.errorHandler(500, context -> responses.fail(context.request(), context.failure()));
    }

    void serve(HttpServerRequest request) {
        request.resume();
        router.handle(request);
    }

    /** A page that says that there is nothing. */
    void nowhere(HttpServerRequest request) {
        HtmlProtection.apply(request, request.response().headers());
        request.resume();
        responses.unknownUrl(request);
    }

    private static void protect(RoutingContext context) {
        context.addHeadersEndHandler(v -> {
            MultiMap headers = context.response().headers();
            String type = headers.get(HttpHeaders.CONTENT_TYPE);
            if (type != null && type.startsWith("text/html")) {
                HtmlProtection.apply(context.request(), headers);
            }
        });
        context.next();
    }

    private static void redirect(RoutingContext context, String path) {
        context.response()
                .setStatusCode(301)
                .putHeader(HttpHeaders.LOCATION, path)
                .end();
    }

    private static void certificate(RoutingContext context, String pem) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename=download.cer")
                .end(pem);
    }
}
