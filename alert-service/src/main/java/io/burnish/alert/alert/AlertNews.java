package io.burnish.alert.alert;

import io.burnish.alert.type.AlertType;
import io.burnish.contracts.fact.AlertFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.Collection;

/** Tells the owner of storage resources which problems they have and had, because those show them (API contract, storage 7.1). */
final class AlertNews {

    private AlertNews() {}

    /** Publishes those alerts of some storage resources that have begun or ended since they were published last. */
    static void tell(Tx tx, Collection<Long> resources) {
        if (resources.isEmpty()) {
            return;
        }
        for (Row row : tx.query("""
                UPDATE alert SET version = version + 1, told = active IS TRUE
                WHERE item_type = 'storage_resource' AND item_id = ANY ($1) AND record_type = ANY ($2)
                    AND told IS DISTINCT FROM (active IS TRUE)
                RETURNING id, version, item_id, item_str, message, told, begin_at, end_at""", resources.toArray(Long[]::new), new String[] {
            AlertType.STORAGE_RESOURCE.wire(), AlertType.STORAGE_RESOURCE_OFFLINE.wire()
        })) {
            tx.publish(new FactMessage(
                    new AlertFact(
                            row.getLong("id"),
                            row.getLong("version"),
                            ObjectType.STORAGE_RESOURCE,
                            row.getLong("item_id"),
                            row.getString("item_str"),
                            row.getString("message"),
                            row.getBoolean("told"),
                            row.getOffsetDateTime("begin_at").toInstant(),
                            row.getOffsetDateTime("end_at") == null
                                    ? null
                                    : row.getOffsetDateTime("end_at").toInstant()),
                    null));
        }
    }
}
