package io.burnish.metrics.resource;

import io.burnish.kit.api.query.Predicate;

/** Targets (table {@code neighbour t}) that belong to a file system: its MDTs, its OSTs and its MGT (API contract, storage 3.2). */
final class TargetsOfFilesystem {

    private static final String CONDITION = """
            (t.fact ->> 'filesystemId' = ? OR t.id = (
                SELECT (f.fact ->> 'mgtId')::bigint FROM neighbour f WHERE f.ref = 'filesystem:' || ? AND NOT f.gone))""";

    private TargetsOfFilesystem() {}

    /** A condition that contains this one at {@code %s}. */
    static Predicate with(String condition, long filesystem) {
        String id = Long.toString(filesystem);
        return Predicate.of(condition.formatted(CONDITION), id, id);
    }
}
