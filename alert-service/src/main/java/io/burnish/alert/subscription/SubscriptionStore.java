package io.burnish.alert.subscription;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.AlertTypeResource;
import io.burnish.contracts.fact.AlertSubscriptionFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** The table {@code alert_subscription}; every change is told to the gateway, which shows a user's subscriptions with the user. */
@ApplicationScoped
class SubscriptionStore implements NeighbourListener {

    /** Who is told of what. */
    record Subscription(long userId, AlertType type) {}

    /** Stores a new one; returns its id. */
    long add(Tx tx, Subscription subscription) {
        long id = tx.one(
                        "INSERT INTO alert_subscription (user_id, type_id) VALUES ($1, $2) RETURNING id",
                        subscription.userId(),
                        (long) subscription.type().id())
                .getLong(0);
        publish(tx, id, 1, subscription);
        return id;
    }

    /** A subscription, locked until the end of the transaction. */
    Optional<Subscription> find(Tx tx, long id) {
        return tx.first("SELECT user_id, type_id FROM alert_subscription WHERE id = $1 FOR UPDATE", id)
                .map(row -> new Subscription(
                        row.getLong(0), AlertType.ofId(row.getLong(1)).orElseThrow()));
    }

    /** Makes an existing one another. */
    void change(Tx tx, long id, Subscription subscription) {
        long version = tx.one(
                        "UPDATE alert_subscription SET user_id = $2, type_id = $3, version = version + 1 WHERE id = $1 RETURNING version",
                        id,
                        subscription.userId(),
                        (long) subscription.type().id())
                .getLong(0);
        publish(tx, id, version, subscription);
    }

    /** Removes an existing one. */
    void remove(Tx tx, long id) {
        tombstone(
                tx,
                id,
                tx.one("DELETE FROM alert_subscription WHERE id = $1 RETURNING version", id)
                        .getLong(0));
    }

    /** The subscriptions of a removed user go with it. */
    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        Long[] users = changed.stream()
                .filter(ref -> ref.type() == ObjectType.USER)
                .map(ObjectRef::id)
                .toArray(Long[]::new);
        if (users.length == 0) {
            return;
        }
        for (Row row : tx.query("""
                DELETE FROM alert_subscription s USING neighbour n
                WHERE s.user_id = ANY ($1) AND n.ref = 'user:' || s.user_id AND n.gone
                RETURNING s.id, s.version""", (Object) users)) {
            tombstone(tx, row.getLong(0), row.getLong(1));
        }
    }

    private static void tombstone(Tx tx, long id, long lastVersion) {
        tx.publish(Outgoing.tombstone(new ObjectRef(ObjectType.ALERT_SUBSCRIPTION, id), lastVersion + 1));
    }

    private static void publish(Tx tx, long id, long version, Subscription subscription) {
        AlertType type = subscription.type();
        ObjectNode wire = JsonNodeFactory.instance.objectNode();
        wire.set("alert_type", AlertTypeResource.json(type));
        wire.put("id", id)
                .put("resource_uri", "/api/alert_subscription/" + id + "/")
                .put("user", "/api/user/" + subscription.userId() + "/");
        tx.publish(new FactMessage(new AlertSubscriptionFact(id, version, subscription.userId(), type.id()), wire));
    }
}
