package io.burnish.command.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.plan.Plan;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The table {@code plan}. */
@ApplicationScoped
class ProposedPlans {

    /** A stored plan; {@code commandId} is set once it was carried out. */
    record Proposed(long id, ObjectNode request, String fingerprint, Long commandId) {}

    /** Stores a plan as shown; returns its id. */
    long store(Tx tx, String actor, ObjectNode request, Plan plan, ObjectNode content) {
        return tx.one(
                        """
                        INSERT INTO plan (actor, request, message, content, fingerprint)
                        VALUES ($1, $2::text::jsonb, $3, $4::text::jsonb, $5) RETURNING id""",
                        actor,
                        ContractJson.text(request),
                        plan.message(),
                        ContractJson.text(content),
                        PlanFingerprint.of(plan))
                .getLong(0);
    }

    /** A plan, its row locked. */
    Optional<Proposed> lock(Tx tx, long id) {
        return tx.first("SELECT id, request::text, fingerprint, command_id FROM plan WHERE id = $1 FOR UPDATE", id)
                .map(ProposedPlans::proposed);
    }

    private static Proposed proposed(Row row) {
        return new Proposed(
                row.getLong(0),
                ContractJson.read(row.getString(1), ObjectNode.class),
                row.getString(2),
                row.getLong(3));
    }

    /** Notes which command carries the plan out. */
    void carriedOut(Tx tx, long id, long commandId) {
        tx.update("UPDATE plan SET command_id = $2 WHERE id = $1", id, commandId);
    }
}
