package io.burnish.host.registration;

import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.http.Responses;
import io.burnish.kit.sql.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What servers fetch and send before they have a certificate, through the gateway and without a user: the secret in the path stands
 * for the caller (agent contract, 1.2 to 1.4).
 *
 * <ul>
 *   <li>{@code GET|POST /agent/setup/<secret>/?profile_name=<profile>} or {@code /agent/setup/<secret>/<profile>/}: 201 with the installer
 *   <li>{@code GET /agent/package/<secret>/burnish-agent.tar.gz}: 200 with the agent's package
 *   <li>{@code POST /agent/register/<secret>/}: 201 with {@code RegistrationReply}
 *   <li>{@code /agent/reregister/}: 401, for the certificate that it needs is asked for by the hub alone
 * </ul>
 */
@ApplicationScoped
class ServerDoor {

    private static final Logger LOG = Logger.getLogger(ServerDoor.class);
    private static final long BODY_LIMIT = 64 << 10;
    private static final String SHELL = "text/x-shellscript; charset=utf-8";
    private static final Pattern SECRET = Pattern.compile("[0-9A-F]{32}");

    private final SetupScripts scripts;
    private final Registrar registrar;
    private final TokenStore tokens;
    private final Database database;
    private final Responses responses;
    private final Optional<Path> agentPackage;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ServerDoor(
            SetupScripts scripts,
            Registrar registrar,
            TokenStore tokens,
            Database database,
            Responses responses,
            @ConfigProperty(name = "burnish.agent.package") Optional<Path> agentPackage) {
        this.scripts = scripts;
        this.registrar = registrar;
        this.tokens = tokens;
        this.database = database;
        this.responses = responses;
        this.agentPackage = agentPackage;
    }

    void mount(@Observes Router router) {
        List<HttpMethod> setup = List.of(HttpMethod.GET, HttpMethod.POST);
        serve(router, "/agent/setup/:secret/", setup, this::setup);
        serve(router, "/agent/setup/:secret/:profile/", setup, this::setup);
        serve(router, "/agent/package/:secret/burnish-agent.tar.gz", List.of(HttpMethod.GET), this::sendPackage);
        serve(router, "/agent/register/:secret/", List.of(HttpMethod.POST), this::register);
        router.route("/agent/reregister/").handler(this::notHere);
        router.route("/agent/*")
                .handler(context -> responses.unknownUrl(context.request()))
                .failureHandler(this::failed);
    }

    /** Re-registration needs the server's certificate, which only the hub asks for. */
    private void notHere(RoutingContext context) {
        responses.text(
                context.request(),
                401,
                "text/plain; charset=utf-8",
                "A client certificate is needed. Send this to the agent hub: POST https://<host and port of hub_url>/agent/reregister/");
    }

    private interface Work {
        void run(RoutingContext context, String secret);
    }

    private void serve(Router router, String path, List<HttpMethod> methods, Work work) {
        methods.forEach(method -> router.route(method, path)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(context -> threads.execute(() -> guarded(context, work))));
        router.route(path).handler(context -> responses.methodNotAllowed(context.request(), methods));
    }

    private void guarded(RoutingContext context, Work work) {
        HttpServerRequest request = context.request();
        try {
            String secret = context.pathParam("secret");
            if (!SECRET.matcher(secret).matches()) {
                throw RegistrationRefused.token();
            }
            work.run(context, secret);
        } catch (RegistrationRefused e) {
            LOG.infof("a server at %s was refused (%d): %s", request.remoteAddress(), e.status(), e.body());
            responses.text(request, e.status(), e.contentType(), e.body());
        } catch (RuntimeException e) {
            responses.fail(request, e);
        }
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() == 413) {
            responses.refuse(context.request(), ApiError.tooLarge(BODY_LIMIT));
        } else {
            responses.fail(context.request(), context.failure());
        }
    }

    private void setup(RoutingContext context, String secret) {
        String profile = Optional.ofNullable(context.pathParam("profile"))
                .orElseGet(() -> context.request().getParam("profile_name"));
        responses.text(context.request(), 201, SHELL, scripts.script(secret, profile));
    }

    private void register(RoutingContext context, String secret) {
        Buffer body = context.body().buffer();
        responses.json(
                context.request(),
                201,
                ContractJson.text(registrar.register(secret, body == null ? new byte[0] : body.getBytes())));
    }

    private void sendPackage(RoutingContext context, String secret) {
        if (database.transaction(tx -> tokens.usable(tx, secret)).isEmpty()) {
            throw RegistrationRefused.token();
        }
        Path file = agentPackage
                .filter(Files::isReadable)
                .orElseThrow(() -> ApiError.unavailable(
                        "The manager has no agent package to hand out. Set BURNISH_AGENT_PACKAGE to its path."));
        context.response().putHeader("Content-Type", "application/gzip").sendFile(file.toString());
    }
}
