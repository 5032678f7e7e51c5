package io.burnish.command.plan;

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

/** {@code /api/plan/}: what a request would do, job by job, before anybody decides. Not part of the legacy contract. */
@ApplicationScoped
public class PlanResource implements ApiResource {

    private static final Shape REQUEST = Shape.object()
            .optionally("message", Shape.text())
            .optionally(
                    "wants",
                    Shape.list(Shape.object().with("object", Shape.text()).with("state", Shape.text())))
            .optionally(
                    "jobs",
                    Shape.list(Shape.object()
                            .with("class_name", Shape.text())
                            .optionally("args", Shape.map(Shape.anything()))));

    private final Resource resource;

    PlanResource(PlanRequests requests) {
        resource = Resource.named("plan")
                .beyondLegacy()
                .table(Table.of("plan p", "p.id", Predicate.TRUE))
                .fields(
                        Field.integer("id", "p.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("actor", "p.actor").help("Who asked for the plan"),
                        Field.datetime("created_at", "p.created_at").ordering().help("When it was made, UTC"),
                        Field.text("message", "p.message").help("Message that its command would have"),
                        Field.dict("request", "p.request::text").shaped(REQUEST).help("What was asked for"),
                        part(
                                "jobs",
                                PlanShapes.JOB,
                                "The jobs in a legal serial order: what, why, after which, locks, usual seconds"),
                        part("joined", Shape.link("job"), "Queued jobs that already do a part of what is wanted"),
                        part("objects", PlanShapes.OBJECT, "Objects that are changed"),
                        part("clients", PlanShapes.OBJECT, "Client mounts of the file systems that are touched"),
                        Field.decimal("expected_seconds", "(p.content ->> 'expected_seconds')::double precision")
                                .orNull()
                                .help("Along the longest chain of jobs; null without history"),
                        Field.toOne("command", "p.command_id", "command", null)
                                .orNull()
                                .help("The command that carries it out, once applied"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Make a plan",
                        Wire.takes(REQUEST).gives(201, Shape.of("plan")),
                        requests::post)
                .onDetailExtra(
                        "apply",
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Carry out exactly this plan",
                        Wire.nothing().gives(202, Wire.COMMAND).gives(204).gives(409, Shape.of("Failure")),
                        requests::apply)
                .build();
    }

    private static Field part(String name, Shape element, String help) {
        return Field.list(name, "(p.content -> '%s')::text".formatted(name))
                .shaped(Shape.list(element))
                .help(help);
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
