package io.burnish.target.confparam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.sql.Database;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code GET /api/target/<id>/conf_params/}: which parameters were recorded for an MGS, or for one of its targets, at which version, and
 * whether the MGS has them.
 */
@ApplicationScoped
public class ParameterView {

    private final Database database;
    private final TargetStore targets;
    private final ParameterLedger ledger;

    ParameterView(Database database, TargetStore targets, ParameterLedger ledger) {
        this.database = database;
        this.targets = targets;
        this.ledger = ledger;
    }

    /** The parameters with their versions; for an MGT also its own two versions. */
    public Reply show(Call call) {
        long id = call.numericId();
        return database.transaction(tx -> {
            Target target = targets.where(tx, "id = $1 AND not_deleted AND visible", id).stream()
                    .findFirst()
                    .orElseThrow(ApiError::notFound);
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            if (target.kind() == TargetKind.MGT) {
                body.put("version", target.confParamVersion()).put("applied_version", target.confParamVersionApplied());
            }
            ArrayNode parameters = body.putArray("parameters");
            ledger.newest(tx, ObjectRef.target(id)).forEach(entry -> parameters
                    .addObject()
                    .put("name", entry.key())
                    .put(
                            "object",
                            "/api/%s/%d/"
                                    .formatted(
                                            entry.subject().type().resource(),
                                            entry.subject().id()))
                    .put("value", entry.value())
                    .put("version", entry.version())
                    .put("applied", entry.applied()));
            return Reply.ok(body);
        });
    }
}
