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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The pages and files that the gateway serves itself (API contract, core 1.20): the console below {@code /ui/}, the CA certificate. */
@ApplicationScoped
class Site {

    private static final String UI = "/ui/";
    private static final String FILES = "META-INF/resources/ui";

    /** The page that shows {@code /api/openapi.json}, and the library that does it. */
    private static final String DOCS = "/api/docs/";

    private static final String DOCS_FILES = "META-INF/resources/docs";
    private static final String SWAGGER = DOCS + "swagger/";

    private final Router router;
    private final Responses responses;

    Site(Vertx vertx, PkiDirectory pki, Responses responses) {
        this.responses = responses;
        String authority = pki.authorityCertificate();
        router = Router.router(vertx);
        router.route().handler(Site::protect);
        // as expressions: as a path, /ui would also be /ui/
        router.get("/").handler(context -> redirect(context, UI));
        router.getWithRegex("/ui").handler(context -> redirect(context, UI));
        router.getWithRegex("/api").handler(context -> redirect(context, "/api/"));
        router.get("/certificate").handler(context -> certificate(context, authority));
        router.get("/certificate/").handler(context -> certificate(context, authority));
        router.get(UI + "*").handler(StaticHandler.create(FILES).setIncludeHidden(false));
        router.getWithRegex("/api/docs").handler(context -> redirect(context, DOCS));
        router.get(SWAGGER + "*").handler(StaticHandler.create(swaggerFiles()).setIncludeHidden(false));
        router.get(DOCS + "*").handler(StaticHandler.create(DOCS_FILES).setIncludeHidden(false));
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

    /** The folder has the library's version in its name. */
    private static String swaggerFiles() {
        Properties version = new Properties();
        try (InputStream file =
                Site.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            version.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the API's page are not there", e);
        }
        return "META-INF/resources/webjars/swagger-ui/" + version.getProperty("version");
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
