package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.Detection;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.execution.LocalActivity;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the filesystem service what servers found. Again after a crash: what it knows already stays as it is. */
@ApplicationScoped
class ReportDetection implements LocalActivity {

    static final String NAME = "report-detection";

    private final InternalClient client;

    ReportDetection(InternalClient client) {
        this.client = client;
    }

    @Override
    public String name() {
        return NAME;
    }

    private static ActivityFailure failure(String why, RuntimeException cause) {
        return new ActivityFailure(
                "What the servers found was not stored: %s Then repeat the job.".formatted(why), cause);
    }

    /** A {@link Detection}; gives its {@link Detection.Reply}. */
    @Override
    public JsonNode run(ObjectNode detection) throws ActivityFailure {
        try {
            return client.post(ServiceName.FILESYSTEM, "/internal/detections", detection, JsonNode.class);
        } catch (ApiError e) {
            throw failure(e.body().path("error_message").asText(), e);
        } catch (InternalClient.RefusedException e) {
            throw failure(e.refusal().message(), e);
        }
    }
}
