package io.burnish.filesystem.detection;

import io.burnish.contracts.call.Detection;
import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /internal/detections}. */
@ApplicationScoped
class DetectionEndpoint implements InternalEndpoint {

    private final Detections detections;

    DetectionEndpoint(Detections detections) {
        this.detections = detections;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String path() {
        return "/detections";
    }

    @Override
    public Object handle(InternalCall call) {
        return detections.learn(call.body(Detection.class));
    }
}
