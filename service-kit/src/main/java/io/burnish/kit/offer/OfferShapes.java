package io.burnish.kit.offer;

import io.burnish.kit.api.Shape;

/** Forms of offers and locks in stateful objects (API contract, core 1.11). */
final class OfferShapes {

    private static final Shape BUTTON = Shape.object()
            .with("display_group", Shape.integer())
            .with("display_order", Shape.integer())
            .with("long_description", Shape.text().orNull())
            .with("verb", Shape.text());

    /** A state that can be PUT. */
    static final Shape TRANSITION = BUTTON.with("state", Shape.text());

    /** A job that can be POSTed. */
    static final Shape JOB = BUTTON.with("args", Shape.map(Shape.anything()).orNull())
            .with("class_name", Shape.text())
            .with("confirmation", Shape.text().orNull());

    /** Ids of the jobs that hold locks. */
    static final Shape LOCKS =
            Shape.object().with("read", Shape.list(Shape.integer())).with("write", Shape.list(Shape.integer()));

    private OfferShapes() {}
}
