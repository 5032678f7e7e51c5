package io.burnish.command.plan;

import io.burnish.kit.api.Shape;

/** Forms of what {@link PlanContent} writes. */
final class PlanShapes {

    /** An object that a plan touches. */
    static final Shape OBJECT = Shape.object()
            .with("resource_uri", Shape.text())
            .with("label", Shape.text().orNull());

    private static final Shape WHY = Shape.object()
            .with("kind", Shape.text().help("Kind of the reason, for programs"))
            .with("object", Shape.text().orNull().help("URI of the object that asks for the job"))
            .with("sentence", Shape.text());

    private static final Shape LOCK = Shape.object()
            .with("object", Shape.text())
            .with("kind", Shape.oneOf("read", "write"))
            .with("begin_state", Shape.text().orNull())
            .with("end_state", Shape.text().orNull());

    /** A job of a plan. */
    static final Shape JOB = Shape.object()
            .with("index", Shape.integer())
            .with("class_name", Shape.text())
            .with("description", Shape.text())
            .with("args", Shape.map(Shape.anything()))
            .with("object", OBJECT.orNull())
            .with("from_state", Shape.text().orNull())
            .with("to_state", Shape.text().orNull())
            .with("why", WHY)
            .with("after", Shape.list(Shape.integer()).help("Indices of jobs of the plan that come before"))
            .with("after_jobs", Shape.list(Shape.link("job")).help("Queued jobs that come before"))
            .with("locks", Shape.list(LOCK))
            .with("expected_seconds", Shape.number().orNull())
            .with("requires_confirmation", Shape.bool())
            .with("confirmation_prompt", Shape.text().orNull());

    private PlanShapes() {}
}
