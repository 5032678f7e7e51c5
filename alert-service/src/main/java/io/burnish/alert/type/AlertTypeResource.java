package io.burnish.alert.type;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;

/** {@code /api/alert_type/}: what can be subscribed to (API contract, core 2.5). */
@ApplicationScoped
public class AlertTypeResource implements ApiResource {

    private final Resource resource = Resource.named("alert_type")
            .fields(
                    Field.text("id", null).identifying().help("Number of the class, as text"),
                    Field.text("description", null).help("The class in words"),
                    Field.text("resource_uri", null))
            .computed(Access.READ, call -> Arrays.stream(AlertType.values())
                    .map(AlertTypeResource::json)
                    .toList())
            .onDetail(
                    HttpMethod.GET,
                    Access.READ,
                    "Read one",
                    call -> Reply.ok(Arrays.stream(AlertType.values())
                            .filter(type -> Integer.toString(type.id()).equals(call.id()))
                            .findFirst()
                            .map(AlertTypeResource::json)
                            .orElseThrow(ApiError::notFound)))
            .build();

    @Override
    public Resource resource() {
        return resource;
    }

    /** A type as served. */
    public static ObjectNode json(AlertType type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("description", type.description())
                .put("id", Integer.toString(type.id()))
                .put("resource_uri", uri(type));
    }

    /** Path of a type. */
    public static String uri(AlertType type) {
        return "/api/alert_type/" + type.id() + "/";
    }
}
