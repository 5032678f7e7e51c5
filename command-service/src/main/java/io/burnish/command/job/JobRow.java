package io.burnish.command.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.model.ObjectRef;
import io.vertx.sqlclient.Row;

/** A job as stored, as far as scheduling needs it. */
public record JobRow(
        long id,
        String className,
        ObjectRef subject,
        String description,
        String fromState,
        String toState,
        ObjectNode args,
        int attempt,
        String state,
        boolean cancellable,
        int unfinishedPredecessors,
        Long resumes) {

    static final String COLUMNS = """
            j.id, j.class_name, j.subject, j.description, j.from_state, j.to_state, j.args::text AS args, j.attempt, j.state,
            j.cancellable, j.unfinished_predecessors, j.resumes""";

    static JobRow of(Row row) {
        return new JobRow(
                row.getLong("id"),
                row.getString("class_name"),
                ObjectRef.parse(row.getString("subject")),
                row.getString("description"),
                row.getString("from_state"),
                row.getString("to_state"),
                ContractJson.read(row.getString("args"), ObjectNode.class),
                row.getInteger("attempt"),
                row.getString("state"),
                row.getBoolean("cancellable"),
                row.getInteger("unfinished_predecessors"),
                row.getLong("resumes"));
    }
}
