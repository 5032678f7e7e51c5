package io.burnish.command.command;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/command/} (API contract, core 2.9). */
@ApplicationScoped
public class CommandResource implements ApiResource {

    private static final String JOBS =
            "(SELECT coalesce(array_agg(cj.job_id ORDER BY cj.job_id), '{}') FROM command_job cj WHERE cj.command_id = c.id)";
    private static final String LOGS = """
            coalesce((SELECT string_agg(rtrim(s.log, E'\\n'), E'\\n' ORDER BY s.modified_at, s.id) FROM command_job cj
                JOIN step s ON s.job_id = cj.job_id WHERE cj.command_id = c.id AND s.log <> ''), '')""";

    private static final Wire JOBS_WANTED = Wire.takes(Shape.object()
                    .with("message", Shape.text().help("What is being done"))
                    .with(
                            "jobs",
                            Shape.list(Shape.object()
                                    .with("class_name", Shape.text())
                                    .with("args", Shape.map(Shape.anything())))))
            .gives(201, Shape.of("command"));

    private final Resource resource;

    CommandResource(CommandRequests requests, CommandRetry retry) {
        resource = Resource.named("command")
                .table(Table.of("command c", "c.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "c.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying()
                                .help("Identity of the command"),
                        Field.text("message", "c.message").help("What is being done"),
                        Field.toMany("jobs", JOBS, "job", (RelationLoader) null).help("The command's jobs"),
                        Field.bool("complete", "c.complete")
                                .filter(Operator.EXACT)
                                .help("All jobs have finished, or none were needed"),
                        Field.bool("errored", "c.errored")
                                .filter(Operator.EXACT)
                                .help("A job failed"),
                        Field.bool("cancelled", "c.cancelled")
                                .filter(Operator.EXACT)
                                .help("A job was cancelled"),
                        Field.datetime("created_at", "c.created_at")
                                .filter(Operator.GTE, Operator.LTE, Operator.GT, Operator.LT)
                                .ordering()
                                .help("When the command was accepted, UTC"),
                        Field.text("logs", LOGS).help("Logs of all steps, oldest change first"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Run jobs", JOBS_WANTED, requests::post)
                // historic "dismissed": accepted, changes nothing
                .onDetail(
                        HttpMethod.PATCH,
                        Access.FSADMIN,
                        "Accepted for old clients, changes nothing",
                        Wire.takes(Shape.object()).gives(202, Shape.of("command")),
                        call -> new Reply.Stored(202, call.numericId(), false))
                // new here: what the reference's clients do not know
                .onDetailExtra(
                        "retry",
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Ask again for what was not reached",
                        Wire.nothing().gives(202, Wire.COMMAND).gives(204),
                        retry::post)
                .onListExtra(
                        "dismiss_all",
                        HttpMethod.PUT,
                        Access.USER,
                        "Accepted for old clients, changes nothing",
                        Wire.nothing().gives(204),
                        call -> Reply.noContent())
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
