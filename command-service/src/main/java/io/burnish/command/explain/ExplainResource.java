package io.burnish.command.explain;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code /api/explain/<type>/<id>/?state=X}: why an object is not in a state. Without {@code state} it is asked about the state in which
 * such an object is of use. Not part of the legacy contract.
 */
@ApplicationScoped
public class ExplainResource implements ApiResource {

    private static final Shape EVIDENCE = Shape.object()
            .with("description", Shape.text())
            .with("reason", Shape.text().orNull())
            .with("resource_uri", Shape.link("job"))
            .with("state", Shape.text());
    private static final Shape QUEUED = Shape.object()
            .optionally("description", Shape.text())
            .optionally("resource_uri", Shape.link("job"))
            .optionally("state", Shape.text())
            .with("waits_for", Shape.list(EVIDENCE));

    private final Resource resource;

    ExplainResource(Explanations explanations) {
        resource = Resource.named("explain")
                .beyondLegacy()
                .fields(
                        Field.text("object", null).help("URI of the object"),
                        Field.text("label", null).help("What it is called"),
                        Field.text("state", null).orNull().help("Its state now; null: it does not exist"),
                        Field.text("wanted", null).help("The state that is asked about"),
                        Field.text("finding", null).help("Kind of the answer, for programs"),
                        Field.text("sentence", null).help("The answer in words"),
                        Field.list("because", null)
                                .shaped(Shape.list(Shape.of("explain")))
                                .help("What it rests on, each in this same form"),
                        Field.dict("job", null)
                                .orNull()
                                .shaped(QUEUED)
                                .help("The queued job that the answer is about, and the jobs that it waits for"),
                        Field.dict("last_failure", null)
                                .orNull()
                                .shaped(EVIDENCE)
                                .help("The last job that was to change the object, if it did not succeed"))
                .onDetail(
                        HttpMethod.GET,
                        Access.READ,
                        "Why is it not in that state?",
                        Wire.nothing().query("state", Shape.text(), "The state that is asked about"),
                        explanations::get)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
