package io.burnish.command.job;

import io.burnish.contracts.job.Reason;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** {@code /api/job/} (API contract, core 2.10), with the reason of an end that is no success as an additional key. */
@ApplicationScoped
public class JobResource implements ApiResource {

    private static final String TRANSITIONS = """
        (CASE WHEN j.state <> 'complete' AND j.cancellable AND j.cancel_requested IS NULL
            THEN '[{"label": "Cancel", "state": "cancelled"}]' ELSE '[]' END)\
        """;
    private static final String COMMANDS =
            "(SELECT coalesce(array_agg(cj.command_id ORDER BY cj.command_id), '{}') FROM command_job cj WHERE"
                    + " cj.job_id = j.id)";
    private static final String WAIT_FOR =
            "(SELECT coalesce(array_agg(e.before_id ORDER BY e.before_id), '{}') FROM job_edge e WHERE e.after_id ="
                    + " j.id)";
    private static final String STEPS =
            "(SELECT coalesce(array_agg(s.id ORDER BY s.id), '{}') FROM step s WHERE s.job_id = j.id)";
    private static final String STEP_RESULTS = """
        (SELECT coalesce(json_object_agg('/api/step/' || s.id || '/',
            CASE WHEN s.result = '' THEN NULL ELSE s.result::json END ORDER BY s.id), '{}')::text
        FROM step s WHERE s.job_id = j.id)\
        """;

    private static final Shape REASON = Shape.object()
            .with(
                    "code",
                    Shape.oneOf(Stream.of(Reason.Code.values()).map(Enum::name).toArray(String[]::new)))
            .optionally("object", Shape.text().help("Type and id, for example target:3"))
            .optionally("actor", Shape.text())
            .optionally("jobId", Shape.integer())
            .with("sentence", Shape.text());
    private static final Shape LOCK = Shape.object()
            .with("locked_item_content_type_id", Shape.integer())
            .with("locked_item_id", Shape.integer())
            .with("locked_item_uri", Shape.text())
            .with("resource_uri", Shape.text());

    private final Resource resource;

    JobResource(JobRequests requests) {
        resource = Resource.named("job")
                .table(Table.of("job j", "j.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "j.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("class_name", "j.class_name").help("Kind of work"),
                        Field.text("description", "j.description").help("What is done, in a sentence"),
                        Field.text("state", "j.state")
                                .filter(Operator.EXACT, Operator.IN)
                                .writable()
                                .oneOf(List.of("pending", "tasked", "complete"))
                                .help("pending: waits; tasked: runs; complete: has ended"),
                        Field.bool("errored", "j.errored").help("Ended with an error"),
                        Field.bool("cancelled", "j.cancelled")
                                .help("Ended because it was cancelled or a condition did not hold"),
                        Field.dict("reason", "j.reason::text")
                                .orNull()
                                .shaped(REASON)
                                .help("Why it ended other than by success: code, object, actor, job, sentence"),
                        Field.datetime("created_at", "j.created_at").ordering(),
                        Field.datetime("modified_at", "j.modified_at"),
                        Field.toMany("wait_for", WAIT_FOR, "job", null).help("Jobs that must have ended before"),
                        Field.toMany("commands", COMMANDS, "command", null),
                        Field.toMany("steps", STEPS, "step", null),
                        Field.dict("step_results", STEP_RESULTS).help("Value of each step, by its URI"),
                        locks("read_locks", "NOT"),
                        locks("write_locks", ""),
                        Field.list("available_transitions", TRANSITIONS)
                                .shaped(Shape.list(Shape.object()
                                        .with("label", Shape.text())
                                        .with("state", Shape.text())))
                                .help("Whether it can be cancelled"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onDetail(
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Cancel",
                        Wire.takes(Shape.object()
                                        .with("state", Shape.oneOf("pending", "tasked", "complete", "cancelled")))
                                .gives(200, Shape.of("job")),
                        requests::put)
                .build();
    }

    /** Lock objects as in core 2.10; {@code locked_item_uri} names the object even after its removal. */
    private static Field locks(String name, String negation) {
        return Field.list(name, """
            (SELECT coalesce(json_agg(json_build_object(
                'locked_item_content_type_id', l.content_type_id,
                'locked_item_id', split_part(l.ref, ':', 2)::bigint,
                'locked_item_uri', '/api/' || split_part(l.ref, ':', 1) || '/' || split_part(l.ref, ':', 2) || '/',
                'resource_uri', '') ORDER BY l.position), '[]')::text
            FROM job_lock l WHERE l.job_id = j.id AND %s l.write)\
            """.formatted(negation)).shaped(Shape.list(LOCK));
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
