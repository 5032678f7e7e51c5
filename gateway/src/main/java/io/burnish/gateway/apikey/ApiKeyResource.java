package io.burnish.gateway.apikey;

import io.burnish.gateway.account.UserResource;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * API keys: users make, list and revoke their own, superusers see and revoke everybody's. A caller that presents a key does not see
 * keys that may do more than it may.
 */
@ApplicationScoped
class ApiKeyResource implements ApiResource {

    /** What a key may do now: not more than its owner. */
    private static final String EFFECTIVE = """
            least(k.level, CASE WHEN NOT a.active THEN 0 WHEN a.superuser THEN 3 WHEN EXISTS (SELECT 1 FROM account_membership m
                JOIN account_group g ON g.id = m.group_id
                WHERE m.account_id = a.id AND g.name = 'filesystem_administrators') THEN 2 ELSE 1 END)""";

    private final Database database;
    private final ApiKeys keys;
    private final Resource resource;

    ApiKeyResource(Database database, ApiKeys keys, KeyCreation creation, UserResource users) {
        this.database = database;
        this.keys = keys;
        this.resource = Resource.named("api_key")
                .beyondLegacy()
                .table(Table.of("api_key k JOIN account a ON a.id = k.account_id", "k.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "k.id").filter(Operator.EXACT, Operator.IN),
                        Field.text("name", "k.name")
                                .writable()
                                .ordering()
                                .filter(Operator.TEXT)
                                .help("Name by which the owner knows the key"),
                        Field.text("role", "k.level")
                                .words(KeyRole.vocabulary())
                                .writable()
                                .help("What the key may do at most; no more than its owner may when it is made"),
                        Field.text("effective_role", EFFECTIVE)
                                .words(KeyRole.vocabulary())
                                .orNull()
                                .help(
                                        "What the key may do now: less than its role if the owner has lost rights; null if nothing"),
                        Field.datetime("created_at", "k.created_at").ordering(),
                        Field.datetime("expiry", "k.expires_at")
                                .writable()
                                .ordering()
                                .help("When the key ends; 90 days from now if not sent, 366 at most"),
                        Field.datetime("last_used_at", "k.last_used_at")
                                .orNull()
                                .ordering()
                                .help("Last use, to the minute"))
                .fields(
                        Field.toOne("user", "k.account_id", "user", RelationLoader.of(users::resource))
                                .help("The owner"),
                        Field.toOne("parent", "k.parent_id", "api_key", null)
                                .orNull()
                                .help("The key that this one was made with, and is revoked with"),
                        Field.text("secret", null)
                                .orNull()
                                .help("Sent as Authorization: Bearer <secret>. Shown once, in the answer to the POST"))
                .visible(ApiKeyResource::visibleTo)
                .timesWithOffset()
                .listable(Access.USER)
                .onList(HttpMethod.POST, Access.USER, "Make a key", creation::create)
                .readable(Access.USER)
                .onDetail(HttpMethod.DELETE, Access.USER, "Revoke a key", this::revoke)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private static Predicate visibleTo(Principal caller) {
        return caller.level() == Level.SUPERUSER
                ? Predicate.TRUE
                : new Predicate(
                        "k.account_id = ? AND " + EFFECTIVE + " <= ?",
                        List.of(caller.userId(), KeyRole.storedLevel(caller.level())));
    }

    private Reply revoke(Call call) {
        long id = call.numericId();
        Predicate visible = visibleTo(call.principal());
        List<Object> arguments = new java.util.ArrayList<>(List.of(id));
        arguments.addAll(visible.args());
        int revoked = database.transaction(tx -> tx.update(
                "DELETE FROM api_key WHERE id IN (SELECT k.id FROM api_key k JOIN account a ON a.id = k.account_id WHERE k.id = $1 AND "
                        + visible.numbered(2) + ")",
                arguments.toArray()));
        if (revoked == 0) {
            throw ApiError.notFound();
        }
        keys.revoked();
        return Reply.noContent();
    }
}
