package io.burnish.command.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.command.engine.Engine;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.offer.OfferJson;
import io.burnish.kit.security.Access;
import io.burnish.lifecycle.offer.Offer;
import io.burnish.lifecycle.offer.Offers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** {@code /api/action/}: what is offered for objects (API contract, core 1.16). */
@ApplicationScoped
public class ActionResource implements ApiResource {

    private static final String PARAMETER = "composite_ids";

    private final Engine engine;
    private final Resource resource;

    ActionResource(Engine engine) {
        this.engine = engine;
        this.resource = Resource.named("action")
                .fields(
                        Field.text("composite_id", null).help("Object that the entry belongs to"),
                        Field.text("verb", null).help("Text of the button"),
                        Field.text("state", null).orNull().help("For a transition: value to PUT as state"),
                        Field.text("class_name", null).orNull().help("For a job: class to POST to /api/command/"),
                        Field.dict("args", null).orNull().help("Arguments of the job"),
                        Field.text("confirmation", null).orNull().help("Prompt to show before a job runs"),
                        Field.text("long_description", null),
                        Field.integer("display_group", null),
                        Field.integer("display_order", null),
                        Field.text("resource_uri", null))
                .computed(
                        Access.READ,
                        Wire.nothing()
                                .query(new Wire.QueryParameter(
                                        PARAMETER, Shape.text(), "Objects: <content_type_id>:<id>", true, true)),
                        this::offers)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private record Asked(String compositeId, ObjectRef object) {}

    private List<ObjectNode> offers(Call call) {
        List<String> ids = call.parameters().all(PARAMETER);
        if (ids.isEmpty()) {
            throw ApiError.plainField(PARAMETER, "param is missing");
        }
        List<Asked> asked = ids.stream().map(ActionResource::parse).toList();
        return engine.exclusive(engineTx -> {
            List<ObjectNode> entries = new ArrayList<>();
            for (Asked one : asked) {
                Offers.of(engineTx.world(), engineTx.locks(), one.object())
                        .forEach(offer -> entries.add(json(one.compositeId(), offer)));
            }
            return entries;
        });
    }

    private static Asked parse(String compositeId) {
        String[] parts = compositeId.split(":", -1);
        if (parts.length != 2) {
            throw ApiError.plainField(PARAMETER, "Recieved a composite_id that is not made of two parts");
        }
        try {
            ObjectType type = ObjectType.ofContentType(Integer.parseInt(parts[0]))
                    .orElseThrow(() -> ApiError.plainField(PARAMETER, "Got a composite_id that does not exist"));
            return new Asked(compositeId, new ObjectRef(type, Long.parseLong(parts[1])));
        } catch (NumberFormatException e) {
            throw ApiError.plainField(PARAMETER, "Got a composite_id that does not exist");
        }
    }

    private static ObjectNode json(String compositeId, Offer offer) {
        ObjectNode entry = OfferJson.complete(offer);
        entry.put("composite_id", compositeId);
        entry.put("resource_uri", "");
        return entry;
    }
}
