package io.burnish.command.step;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;

/** {@code /api/step/} (API contract, core 2.11). The console of a running step grows while it runs. */
@ApplicationScoped
public class StepResource implements ApiResource {

    private static final String CONSOLE = """
            (s.console || coalesce((SELECT string_agg(c.text, '' ORDER BY c.call, c.sequence) FROM step_console c
                WHERE c.job_id = s.job_id AND c.attempt = s.attempt AND c.step_index = s.step_index
                    AND c.step_try = s.step_try), ''))""";

    private final Resource resource = Resource.named("step")
            .table(Table.of("step s", "s.id", Predicate.TRUE))
            .fields(
                    Field.integer("id", "s.id")
                            .filter(Operator.EXACT, Operator.IN)
                            .identifying(),
                    Field.text("class_name", "s.class_name"),
                    Field.text("description", "s.description"),
                    Field.dict("args", "s.args::text").help("Arguments; secrets are never among them"),
                    Field.integer("step_index", "s.step_index").help("From 0; a repetition has the same index"),
                    Field.integer("step_count", "s.step_count"),
                    Field.text("state", "s.state").oneOf(List.of("incomplete", "failed", "success")),
                    Field.text("log", "s.log").help("Progress in words"),
                    Field.text("console", CONSOLE).help("What the step's commands printed"),
                    Field.text("backtrace", "s.backtrace").help("Cause of a failure for a developer"),
                    Field.text("result", "s.result").help("The step's value as JSON text; empty if it has none"),
                    Field.datetime("created_at", "s.created_at").ordering(),
                    Field.datetime("modified_at", "s.modified_at").ordering(),
                    Field.toOne("job", "s.job_id", "job", null)
                            .filter(Filter.on("s.job_id", FieldType.INTEGER, EnumSet.of(Operator.EXACT, Operator.IN))))
            .listable(Access.READ)
            .readable(Access.READ)
            .build();

    @Override
    public Resource resource() {
        return resource;
    }
}
