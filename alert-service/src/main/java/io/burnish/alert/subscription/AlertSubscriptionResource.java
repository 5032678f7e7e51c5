package io.burnish.alert.subscription;

import io.burnish.alert.subscription.SubscriptionStore.Subscription;
import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.AlertTypeResource;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** {@code /api/alert_subscription/} (API contract, core 2.6): users have their own, superusers everybody's. */
@ApplicationScoped
public class AlertSubscriptionResource implements ApiResource {

    private static final Shape TYPE =
            Shape.anyOf(Shape.link("alert_type"), Shape.object().with("resource_uri", Shape.link("alert_type")));
    private static final Shape NEW =
            Shape.object().with("user", Shape.link("user")).with("alert_type", TYPE);
    private static final Shape CHANGE =
            Shape.object().optionally("user", Shape.link("user")).optionally("alert_type", TYPE);
    private static final Shape LINKS = Shape.list(Shape.link("alert_subscription"));
    private static final Shape SEVERAL = Shape.object()
            .with(
                    "objects",
                    Shape.list(CHANGE.optionally("resource_uri", Shape.link("alert_subscription"))
                            .help("One to be changed, or a new one")))
            .optionally("deleted_objects", LINKS)
            .optionally("deletions", LINKS.help("The same as deleted_objects"));

    private final Database database;
    private final SubscriptionStore store;
    private final SubscriptionBody body;
    private final Resource resource;

    AlertSubscriptionResource(
            Database database, SubscriptionStore store, SubscriptionBody body, SubscriptionPatch patch) {
        this.database = database;
        this.store = store;
        this.body = body;
        this.resource = Resource.named("alert_subscription")
                .table(Table.of("alert_subscription s", "s.id", Predicate.TRUE))
                .visible(AlertSubscriptionResource::visibleTo)
                .fields(
                        Field.integer("id", "s.id").identifying(),
                        Field.text("user", "'/api/user/' || s.user_id || '/'")
                                .writable()
                                .help("User to be told, as a link"),
                        Field.toOne("alert_type", "s.type_id", "alert_type", (ids, context) -> types(ids))
                                .full()
                                .writable()
                                .help("Class of alerts; sent as a link"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(
                        HttpMethod.POST,
                        Access.USER,
                        "Subscribe a user to a class of alerts",
                        Wire.takes(NEW).gives(201),
                        this::add)
                .onList(
                        HttpMethod.PATCH,
                        Access.USER,
                        "Add, change and remove several",
                        Wire.takes(SEVERAL).gives(202),
                        patch::apply)
                .onDetail(
                        HttpMethod.PUT,
                        Access.USER,
                        "Change one",
                        Wire.takes(CHANGE).gives(204),
                        this::change)
                .onDetail(HttpMethod.DELETE, Access.USER, "Remove one", this::remove)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    /** Anonymous callers have the user number 0, which nobody has. */
    private static Predicate visibleTo(Principal caller) {
        return caller.level() == Level.SUPERUSER ? Predicate.TRUE : Predicate.of("s.user_id = ?", caller.userId());
    }

    private static Future<Map<Object, String>> types(Set<Object> ids) {
        Map<Object, String> found = new HashMap<>();
        for (Object id : ids) {
            AlertType.ofId(((Number) id).longValue())
                    .ifPresent(
                            type -> found.put(id, AlertTypeResource.json(type).toString()));
        }
        return Future.succeededFuture(found);
    }

    private Reply add(Call call) {
        Subscription wanted = body.read(call.body(), null, call.principal());
        long id = database.transaction(tx -> store.add(tx, wanted));
        return new Reply.Empty(201, resource.path() + id + "/");
    }

    private Reply change(Call call) {
        long id = call.numericId();
        Subscription before = database.transaction(tx -> own(tx, id, call.principal()));
        Subscription wanted = body.read(call.body(), before, call.principal());
        database.run(tx -> {
            own(tx, id, call.principal());
            store.change(tx, id, wanted);
        });
        return Reply.noContent();
    }

    private Reply remove(Call call) {
        long id = call.numericId();
        database.run(tx -> {
            own(tx, id, call.principal());
            store.remove(tx, id);
        });
        return Reply.noContent();
    }

    /** Others' subscriptions do not exist for a caller who is no superuser. */
    private Subscription own(Tx tx, long id, Principal caller) {
        return store.find(tx, id)
                .filter(found -> caller.level() == Level.SUPERUSER || found.userId() == caller.userId())
                .orElseThrow(ApiError::notFound);
    }
}
