package io.burnish.filesystem.help;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.burnish.lifecycle.confparam.ConfParam;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/help/conf_param/} (API contract, core 2.8): what configuration parameters do. It is the same for everybody, and for whoever is
 * not logged in.
 */
@ApplicationScoped
class HelpResource implements ApiResource {

    private final Resource resource = Resource.named("help")
            .onListExtra(
                    "conf_param",
                    HttpMethod.GET,
                    Access.EVERYBODY,
                    "Help for configuration parameters",
                    Wire.nothing()
                            .query("kind", Shape.oneOf("FS", "MDT", "OST"), "Parameters of a kind")
                            .query("keys", Shape.text(), "Names of parameters, separated by commas")
                            .gives(200, Shape.map(Shape.text())),
                    HelpResource::parameters)
            .build();

    @Override
    public Resource resource() {
        return resource;
    }

    /** Of a kind if one is given, else of the keys. */
    private static Reply parameters(Call call) {
        Optional<String> kind = call.parameters().last("kind");
        Optional<String> keys = call.parameters().last("keys");
        if (kind.isEmpty() && keys.isEmpty()) {
            throw ApiError.field("kind", "This field is mandatory");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        kind.map(HelpResource::ofKind)
                .orElseGet(() -> named(keys.orElseThrow()))
                .forEach(parameter -> body.put(parameter.name(), parameter.help()));
        return Reply.ok(body);
    }

    private static List<ConfParam> ofKind(String name) {
        return ParameterKind.ofHelp(name)
                .map(ConfParams::of)
                .orElseThrow(() -> ApiError.field("kind", "Must be one of ['OST', 'MDT', 'FS']"));
    }

    private static List<ConfParam> named(String keys) {
        List<ConfParam> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String key : keys.split(",")) {
            ConfParams.of(key).ifPresentOrElse(found::add, () -> unknown.add(key));
        }
        if (!unknown.isEmpty()) {
            throw ApiError.field("keys", "Unknown parameter: " + String.join(", ", unknown));
        }
        return found;
    }
}
