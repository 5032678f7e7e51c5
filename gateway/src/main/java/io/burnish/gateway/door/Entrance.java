package io.burnish.gateway.door;

import io.burnish.contracts.ServiceName;
import io.burnish.gateway.audit.AuditLog;
import io.burnish.gateway.openapi.OpenApiPage;
import io.burnish.gateway.proxy.Exchange;
import io.burnish.gateway.proxy.Forwarder;
import io.burnish.gateway.proxy.Refusals;
import io.burnish.gateway.route.ApiDirectory;
import io.burnish.gateway.route.Route;
import io.burnish.gateway.route.RouteTable;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.http.Responses;
import io.burnish.kit.security.Level;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * What happens to a request, in this order: route, caller (session and CSRF), audit of what changes something, answer. The checks that
 * belong to a resource (methods, rights, body) are its owner's.
 */
@ApplicationScoped
class Entrance {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.OPTIONS,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE);
    private static final List<HttpMethod> GET_ONLY = List.of(HttpMethod.GET);

    private final Callers callers;
    private final AuditLog audit;
    private final DoorMeters meters;
    private final OpenApiPage openApi;
    private final Site site;
    private final Responses responses;
    private final Refusals refusals;

    Entrance(
            Callers callers,
            AuditLog audit,
            DoorMeters meters,
            OpenApiPage openApi,
            Site site,
            Responses responses,
            Refusals refusals) {
        this.callers = callers;
        this.audit = audit;
        this.meters = meters;
        this.openApi = openApi;
        this.site = site;
        this.responses = responses;
        this.refusals = refusals;
    }

    /** Answers a request that arrived on the event loop of the forwarder. */
    void enter(HttpServerRequest request, Forwarder forwarder, Traffic traffic, Connections connections) {
        if (traffic.closed()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            refusals.refuse(request, ApiError.unavailable("The gateway is stopping. Try again in a few seconds."));
            return;
        }
        traffic.entered();
        connections.asked(request);
        request.response().endHandler(ended -> {
            traffic.left();
            connections.answered(request);
        });
        if (!METHODS.contains(request.method())) {
            responses.methodNotAllowed(request, METHODS);
            refusals.discard(request);
            return;
        }
        // the body waits until it is known where it goes
        request.pause();
        Route route = RouteTable.of(request.path());
        Visit visit = new Visit(request, owner(route), audit, meters);
        caller(request, route)
                .compose(caller -> visit.writeDown(caller).map(caller))
                .onSuccess(caller -> serve(request, route, caller, forwarder, visit))
                .onFailure(failure -> turnAway(request, visit, failure));
    }

    private static String owner(Route route) {
        return switch (route) {
            case Route.Resource resource -> resource.owner().wire();
            case Route.ServerSetup setup -> setup.owner().wire();
            case Route.Description description -> ServiceName.GATEWAY.wire();
            case Route.Directory directory -> ServiceName.GATEWAY.wire();
            case Route.Site page -> "site";
            case Route.Nowhere nowhere -> "site";
        };
    }

    private Future<Caller> caller(HttpServerRequest request, Route route) {
        return route instanceof Route.Resource ? callers.of(request) : Future.succeededFuture(callers.nobody());
    }

    private void serve(HttpServerRequest request, Route route, Caller caller, Forwarder forwarder, Visit visit) {
        boolean reads = Exchange.reads(request.method());
        switch (route) {
            case Route.Resource(ServiceName owner) ->
                forwarder.forward(new Exchange(
                        request, owner, caller.token(), caller.keyId(), !reads && mayChange(caller, owner), visit));
            case Route.ServerSetup setup ->
                forwarder.forward(new Exchange(request, setup.owner(), null, 0, !reads, visit));
            case Route.Description description -> here(request, visit, openApi::serve);
            case Route.Directory directory -> here(request, visit, this::directory);
            case Route.Site page -> here(request, visit, site::serve);
            case Route.Nowhere nowhere -> here(request, visit, site::nowhere);
        }
    }

    /** Who is not logged in can change nothing but its session: nobody's body takes a connection to a service. */
    private static boolean mayChange(Caller caller, ServiceName owner) {
        return caller.vouched()
                && (owner == ServiceName.GATEWAY || caller.principal().level() != Level.ANONYMOUS);
    }

    private interface Page {
        void serve(HttpServerRequest request);
    }

    private void here(HttpServerRequest request, Visit visit, Page page) {
        request.response()
                .bodyEndHandler(sent -> visit.answered(
                        request.response().getStatusCode(), request.response().headers()));
        page.serve(request);
        refusals.discard(request);
    }

    private void directory(HttpServerRequest request) {
        if (request.method() == HttpMethod.OPTIONS) {
            responses.options(request, GET_ONLY);
        } else if (request.method() != HttpMethod.GET) {
            responses.methodNotAllowed(request, GET_ONLY);
        } else {
            responses.json(request, 200, ApiDirectory.json());
        }
    }

    private void turnAway(HttpServerRequest request, Visit visit, Throwable failure) {
        if (failure instanceof DatabaseUnavailableException) {
            ApiError error = ApiError.unavailable(
                    "The gateway's database is not available. Nothing was done. Try again in a few seconds.");
            visit.answered(error.status(), MultiMap.caseInsensitiveMultiMap());
            refusals.refuse(request, error);
        } else {
            visit.answered(500, MultiMap.caseInsensitiveMultiMap());
            responses.fail(request, failure);
            refusals.discard(request);
        }
    }
}
