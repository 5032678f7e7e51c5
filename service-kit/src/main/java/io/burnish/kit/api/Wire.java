package io.burnish.kit.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation takes and gives: its body, the parameters of its query, its answers. Part of the declaration, for OpenAPI; where an
 * operation has none it is derived from the resource's fields. Refusals that every operation can give need not be said.
 *
 * @param body {@code null}: no body is read
 * @param query parameters besides those that follow from the resource
 * @param answers by status, in order; a value of {@code null}: without a body
 */
public record Wire(Shape body, List<QueryParameter> query, Map<Integer, Shape> answers) {

    /**
     * A parameter of the query.
     *
     * @param required a request without it is refused
     * @param repeated may be given several times
     */
    public record QueryParameter(String name, Shape shape, String help, boolean required, boolean repeated) {}

    /** {@code {"command": …}}: work is on its way. */
    public static final Shape COMMAND = Shape.object().with("command", Shape.of("command"));

    /** The consequences of a state change that was only tried (core 1.14); an empty list: none. */
    public static final Shape CONSEQUENCES = Shape.anyOf(
            Shape.object()
                    .with("transition_job", Shape.of("PlannedJob"))
                    .with("dependency_jobs", Shape.list(Shape.of("PlannedJob"))),
            Shape.list(Shape.anything()).keyword("maxItems", 0));

    /** PUT of a wanted state (core 1.14): a command, or nothing if it is there already, or the consequences. */
    public static final Wire STATE_CHANGE = takes(Shape.object()
                    .optionally("state", Shape.text().help("The wanted state"))
                    .optionally("dry_run", Shape.bool().help("Only say what would happen")))
            .gives(202, COMMAND)
            .gives(204)
            .gives(200, CONSEQUENCES);

    /** DELETE of a stateful object: a command that removes it. */
    public static final Wire REMOVAL = nothing().gives(202, COMMAND).gives(204);

    /** An operation with a body. */
    public static Wire takes(Shape body) {
        return new Wire(body, List.of(), Map.of());
    }

    /** An operation without a body. */
    public static Wire nothing() {
        return takes(null);
    }

    /**
     * An operation that takes one object, or several in {@code objects}, each on its own (core 1.15).
     *
     * @param element what is taken
     * @param key key of a result in the answer to several
     * @param result what is answered for one
     */
    public static Wire bulk(Shape element, String key, Shape result) {
        Shape outcome = Shape.object()
                .with(key, result.orNull())
                .with("error", Shape.anything())
                .with("traceback", Shape.text().orNull());
        return takes(Shape.anyOf(Shape.object().with("objects", Shape.list(element)), element))
                .gives(202, Shape.anyOf(Shape.object().with("objects", Shape.list(outcome)), result))
                .gives(204)
                .gives(400, Shape.anyOf(Shape.object().with("objects", Shape.list(outcome)), Shape.of("Error")));
    }

    /** With an answer. */
    public Wire gives(int status, Shape answer) {
        Map<Integer, Shape> more = new LinkedHashMap<>(answers);
        more.put(status, answer);
        return new Wire(body, query, more);
    }

    /** With an answer without a body. */
    public Wire gives(int status) {
        return gives(status, null);
    }

    /** With a parameter of the query that may be missing. */
    public Wire query(String name, Shape shape, String help) {
        return query(new QueryParameter(name, shape, help, false, false));
    }

    /** With a parameter of the query. */
    public Wire query(QueryParameter parameter) {
        List<QueryParameter> more = new ArrayList<>(query);
        more.add(parameter);
        return new Wire(body, more, answers);
    }
}
