package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.spi.HostFilter;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceBuilder;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.call.Commands;
import io.burnish.kit.offer.OfferFields;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** What the resources of all configurations have in common (API contract, storage 1.3 and 17 to 20). */
@ApplicationScoped
class StatefulFields {

    private final Database database;
    private final Commands commands;
    private final OfferFields offers;
    private final Relations relations;

    StatefulFields(Database database, Commands commands, OfferFields offers, Relations relations) {
        this.database = database;
        this.commands = commands;
        this.offers = offers;
        this.relations = relations;
    }

    /** The server of a configuration. */
    Field host() {
        return Field.toOne("host", "c.host_id", "host", relations.to("host")).filter(HostFilter.on("c.host_id"));
    }

    /** Begins the declaration of the resource of a configuration, without its server. */
    ResourceBuilder begin(ObjectType type) {
        return begin(type, "'" + type.display() + "'");
    }

    /**
     * As {@link #begin(ObjectType)}.
     *
     * @param label SQL expression
     */
    ResourceBuilder begin(ObjectType type, String label) {
        return Resource.named(type.resource())
                .table(Table.of(
                        type.resource() + " c JOIN host h ON h.id = c.host_id AND NOT h.provisional",
                        "c.id",
                        Predicate.of("c.not_deleted")))
                .fields(
                        Field.integer("id", "c.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("state", "c.state").writable(),
                        Field.datetime("state_modified_at", "c.state_modified_at"),
                        Field.bool("immutable_state", "c.immutable_state"),
                        Field.bool("not_deleted", "c.not_deleted"),
                        Field.integer("content_type_id", Integer.toString(type.contentTypeId())),
                        Field.text("label", label))
                .fields(offers.of(type, "c.id"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onDetail(
                        HttpMethod.PUT, Access.FSADMIN, "Change the state", Wire.STATE_CHANGE, call -> put(type, call));
    }

    /** Answers a PUT of one: the state, if it is named. */
    Reply put(ObjectType type, Call call) {
        long id = call.numericId();
        String state = database.transaction(
                        tx -> tx.first("SELECT state FROM " + type.resource() + " WHERE id = $1 AND not_deleted", id))
                .map(row -> row.getString(0))
                .orElseThrow(ApiError::notFoundJson);
        return call.body().has("state")
                ? commands.changeState(call, new ObjectRef(type, id), state)
                : Reply.noContent();
    }
}
