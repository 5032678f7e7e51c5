package io.burnish.gateway.account;

import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** Accounts (API contract, core 2.2, with the intended rights of 1.18). */
@ApplicationScoped
public class UserResource implements ApiResource {

    /** Subscriptions are the alert service's; it publishes them, and here is what it published. */
    private static final String SUBSCRIPTIONS = """
        (SELECT coalesce(jsonb_agg(n.wire ORDER BY n.id), '[]')::text FROM neighbour n
         WHERE n.type = 'alert_subscription' AND NOT n.gone AND n.wire->>'user' = '/api/user/' || a.id || '/')\
        """;

    private final ResourceReader reader;
    private final UserCreation creation;
    private final UserChange change;
    private final UserRemoval removal;
    private final Resource resource;

    UserResource(ResourceReader reader, UserCreation creation, UserChange change, UserRemoval removal) {
        this.reader = reader;
        this.creation = creation;
        this.change = change;
        this.removal = removal;
        this.resource = declare();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Resource declare() {
        return Resource.named("user")
                .table(Table.of("account a", "a.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "a.id"),
                        Field.text("username", "a.username")
                                .writable()
                                .identifying()
                                .ordering()
                                .help("Required. 30 characters or fewer. Letters, numbers and @/./+/-/_ characters"),
                        Field.text("first_name", "a.first_name").writable().defaulting(""),
                        Field.text("last_name", "a.last_name").writable().defaulting(""),
                        Field.text("full_name", "btrim(a.first_name || ' ' || a.last_name)")
                                .help("Human friendly form of user's full name"),
                        Field.text("email", "a.email").writable().ordering().defaulting(""),
                        Field.bool("is_superuser", "a.superuser").help("This user is a superuser"),
                        Field.toMany(
                                        "groups",
                                        "ARRAY(SELECT m.group_id FROM account_membership m WHERE m.account_id = a.id"
                                                + " ORDER BY m.group_id)",
                                        "group",
                                        RelationLoader.of(() -> GroupResource.RESOURCE))
                                .full()
                                .writable()
                                .help("List of groups that this user is a member of"),
                        Field.list("alert_subscriptions", SUBSCRIPTIONS)
                                .shaped(Shape.list(Shape.of("alert_subscription")))
                                .help("List of alerts that this user is subscribed to"))
                .fields(
                        Field.writeOnly("password1").help("Used when creating a user"),
                        Field.writeOnly("password2").help("Password confirmation, used when creating a user"),
                        Field.writeOnly("new_password1").help("Used for modifying a password"),
                        Field.writeOnly("new_password2").help("Password confirmation, used for modifying a password"))
                .visible(UserResource::visibleTo)
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.SUPERUSER, "Create a user", CREATION, creation::create)
                .onDetail(HttpMethod.GET, Access.READ, "Read one", this::read)
                .onDetail(HttpMethod.PUT, Access.USER, "Change a user or its password", CHANGE, change::change)
                .onDetail(HttpMethod.DELETE, Access.USER, "Remove a user", removal::remove)
                .build();
    }

    private static final Shape GROUPS =
            Shape.list(Shape.anyOf(Shape.link("group"), Shape.object().with("resource_uri", Shape.link("group"))));
    private static final Shape PERSON = Shape.object()
            .optionally("first_name", Shape.text())
            .optionally("last_name", Shape.text())
            .optionally("email", Shape.text());
    private static final Wire CREATION = Wire.takes(PERSON.with("username", Shape.text())
                    .with("password1", Shape.text())
                    .with("password2", Shape.text())
                    .optionally("groups", GROUPS))
            .gives(201, Shape.of("user"));
    private static final Wire CHANGE = Wire.takes(PERSON.optionally("username", Shape.text())
                    .optionally("old_password", Shape.text().orNull())
                    .optionally("new_password1", Shape.text().orNull())
                    .optionally("new_password2", Shape.text().orNull())
                    .optionally("groups", GROUPS))
            .gives(200, Shape.of("user"))
            .gives(403);

    /** Superusers see all, others themselves, anonymous callers nobody. */
    private static Predicate visibleTo(Principal caller) {
        return caller.level() == Level.SUPERUSER ? Predicate.TRUE : Predicate.of("a.id = ?", caller.userId());
    }

    private Reply read(Call call) {
        long id = call.numericId();
        SelfOrSuperuser.require(call.principal(), id);
        return Database.await(reader.one(resource, id, call.parameters(), call.principal()))
                .map(text -> Reply.ok(ContractJson.read(text, com.fasterxml.jackson.databind.JsonNode.class)))
                .orElseThrow(ApiError::notFound);
    }
}
