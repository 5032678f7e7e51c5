package io.burnish.kit.api.http;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Principal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One request to a resource, in the order of checks of the API contract (core 1.1): OPTIONS, method, caller, Accept header, body, then the operation
 * with its right. An operation that does not allow the caller answers 401, whatever the object.
 */
@ApplicationScoped
class ResourceHandler {

    private final ReadRequests reads;
    private final Responses responses;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ResourceHandler(ReadRequests reads, Responses responses) {
        this.reads = reads;
        this.responses = responses;
    }

    void handle(RoutingContext context, ResourcePath path, Optional<Principal> caller) {
        HttpServerRequest request = context.request();
        try {
            route(context, path, caller);
        } catch (RuntimeException e) {
            responses.fail(request, e);
        }
    }

    private void route(RoutingContext context, ResourcePath path, Optional<Principal> caller) {
        HttpServerRequest request = context.request();
        switch (path.form()) {
            case SCHEMA ->
                readOnly(
                        request,
                        caller,
                        path.resource().schemaAccess(),
                        principal -> responses.json(
                                request, 200, Schema.of(path.resource()).toString()));
            case SET ->
                readOnly(
                        request,
                        caller,
                        path.resource().setAccess(),
                        principal -> reads.set(
                                request, path.resource(), path.id(), Parameters.of(request.params()), principal));
            case LIST, DETAIL, EXTRA -> operation(context, path, caller);
        }
    }

    private void readOnly(
            HttpServerRequest request, Optional<Principal> caller, Access access, Consumer<Principal> read) {
        if (request.method() != HttpMethod.GET) {
            responses.methodNotAllowed(request, List.of(HttpMethod.GET));
        } else if (caller.isEmpty() || !access.allows(caller.get())) {
            responses.refuse(request, ApiError.unauthorized());
        } else {
            AcceptHeader.check(request);
            read.accept(caller.get());
        }
    }

    private void operation(RoutingContext context, ResourcePath path, Optional<Principal> caller) {
        HttpServerRequest request = context.request();
        if (request.method() == HttpMethod.OPTIONS) {
            responses.options(request, path.methods().keySet());
            return;
        }
        Operation operation = path.methods().get(request.method());
        if (operation == null) {
            responses.methodNotAllowed(request, path.methods().keySet());
            return;
        }
        if (caller.isEmpty() || !operation.access().allows(caller.get())) {
            responses.refuse(request, ApiError.unauthorized());
            return;
        }
        AcceptHeader.check(request);
        Parameters parameters = Parameters.of(request.params());
        switch (operation.work()) {
            case Operation.ReadTable read -> read(request, path, parameters, caller.get());
            case Operation.Computed computed -> {
                Call call = call(context, path, parameters, caller.get());
                threads.execute(() -> guarded(
                        request, () -> reads.computed(request, computed.source().objects(call), call)));
            }
            case Operation.Custom custom -> {
                Call call = call(context, path, parameters, caller.get());
                threads.execute(() ->
                        guarded(request, () -> reply(call, custom.handler().handle(call))));
            }
        }
    }

    private void read(HttpServerRequest request, ResourcePath path, Parameters parameters, Principal caller) {
        if (path.form() == ResourcePath.Form.LIST) {
            list(request, path.resource(), parameters, caller);
        } else {
            reads.detail(request, path.resource(), path.id(), parameters, caller);
        }
    }

    private void list(HttpServerRequest request, Resource resource, Parameters parameters, Principal caller) {
        Page page = Page.of(parameters);
        if (page.unlimited()) {
            threads.execute(() -> guarded(request, () -> reads.stream(request, resource, parameters, page, caller)));
        } else {
            reads.list(request, resource, parameters, page, caller);
        }
    }

    private void guarded(HttpServerRequest request, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            responses.fail(request, e);
        }
    }

    private static Call call(RoutingContext context, ResourcePath path, Parameters parameters, Principal caller) {
        return new Call(path.resource(), caller, path.id(), parameters, RequestBody.of(context), context.request());
    }

    private void reply(Call call, Reply reply) {
        HttpServerRequest request = call.request();
        switch (reply) {
            case Reply.Json json -> {
                location(request, json.location());
                responses.json(request, json.status(), json.body().toString());
            }
            case Reply.Empty empty -> {
                location(request, empty.location());
                responses.empty(request, empty.status());
            }
            case Reply.Stored stored -> {
                Resource resource = call.resource();
                location(request, stored.location() ? resource.path() + stored.id() + "/" : null);
                reads.stored(request, stored, resource, call.parameters(), call.principal());
            }
            case Reply.Text text -> responses.text(request, text.status(), text.contentType(), text.body());
        }
    }

    private void location(HttpServerRequest request, String path) {
        if (path != null) {
            request.response().putHeader("Location", responses.absolute(request, path));
        }
    }
}
