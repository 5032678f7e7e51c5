package io.burnish.alert.deadletter;

import io.burnish.contracts.ServiceName;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.call.Refused;
import io.burnish.kit.messaging.DeadLetterReplay;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code /api/dead_letter/}, which the reference does not have: messages that services could not handle. Once the cause is mended they can
 * be handed to their readers again, or be given up. The services keep them; here is the list.
 */
@ApplicationScoped
class DeadLetterResource implements ApiResource {

    private final Database database;
    private final InternalClient client;
    private final DeadLetterReplay own;
    private final Resource resource;

    DeadLetterResource(Database database, InternalClient client, DeadLetterReplay own) {
        this.database = database;
        this.client = client;
        this.own = own;
        resource = Resource.named("dead_letter")
                .beyondLegacy()
                .table(Table.of("unhandled_message m", "m.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "m.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("service", "m.service")
                                .filter(Operator.EXACT)
                                .help("Which service could not handle it"),
                        Field.text("reader", "m.reader").filter(Operator.EXACT).help("Its reader"),
                        Field.text("topic", "m.topic"),
                        Field.text("key", "m.key").orNull(),
                        Field.text("error", "m.error").help("Why, when it was tried last"),
                        Field.datetime("failed_at", "m.failed_at")
                                .filter(Operator.ORDERED)
                                .ordering(),
                        Field.datetime("replayed_at", "m.replayed_at")
                                .orNull()
                                .help("When it was handled after all; null: it was not"))
                .listable(Access.SUPERUSER)
                .readable(Access.SUPERUSER)
                .onDetailExtra(
                        "replay",
                        HttpMethod.POST,
                        Access.SUPERUSER,
                        "Hand it to its reader again",
                        Wire.nothing().gives(200, Shape.of("dead_letter")),
                        this::replay)
                .onDetail(HttpMethod.DELETE, Access.SUPERUSER, "Give it up: it never takes effect", this::discard)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    /** @param id of the row that the service keeps */
    private record Letter(ServiceName service, long id) {

        String path() {
            return "/internal/dead-letters/" + id;
        }
    }

    private Letter letter(long id) {
        return database.transaction(tx -> tx.first("SELECT service, letter_id FROM unhandled_message WHERE id = $1", id)
                .map(row -> new Letter(ServiceName.of(row.getString(0)), row.getLong(1)))
                .orElseThrow(ApiError::notFound));
    }

    /** The service says whether it worked; a call that is lost on the way is made again without harm. */
    private Reply replay(Call call) {
        long id = call.numericId();
        Letter letter = letter(id);
        try {
            switch (letter.service()) {
                case ALERT -> own.replay(letter.id());
                case GATEWAY ->
                    throw failed(
                            id,
                            "The gateway only follows what others tell of their objects: the next news replaces this"
                                    + " one. Give it up.");
                default -> client.send("POST", letter.service(), letter.path() + "/replay", null);
            }
        } catch (Refused e) {
            throw failed(id, e.refusal().message());
        } catch (InternalClient.RefusedException e) {
            throw failed(id, e.refusal().message());
        }
        database.run(tx ->
                tx.update("UPDATE unhandled_message SET replayed_at = coalesce(replayed_at, now()) WHERE id = $1", id));
        return Reply.stored(id);
    }

    private ApiError failed(long id, String why) {
        database.run(tx -> tx.update("UPDATE unhandled_message SET error = $2 WHERE id = $1", id, why));
        return ApiError.field("__all__", why);
    }

    private Reply discard(Call call) {
        long id = call.numericId();
        Letter letter = letter(id);
        switch (letter.service()) {
            case ALERT -> own.discard(letter.id());
            case GATEWAY -> {
                // nobody will ask for it
            }
            default -> client.send("DELETE", letter.service(), letter.path(), null);
        }
        database.run(tx -> tx.update("DELETE FROM unhandled_message WHERE id = $1", id));
        return Reply.noContent();
    }
}
