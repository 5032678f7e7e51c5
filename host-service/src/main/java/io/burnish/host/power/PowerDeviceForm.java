package io.burnish.host.power;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.fence.FenceTemplate;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Link;
import java.util.Optional;
import java.util.function.Function;

/**
 * A submitted power control device, complete: what was not sent is that of the stored device, or of the type.
 *
 * @param password empty: none was sent
 */
record PowerDeviceForm(
        long typeId,
        String name,
        String address,
        int port,
        String username,
        String options,
        Optional<String> password) {

    static final String NO_SUCH_CHOICE = "Select a valid choice. That choice is not one of the available choices.";
    private static final String ALL = "__all__";
    private static final String TYPE = "device_type";
    private static final int MOST_PORT = 65_535;

    /**
     * Reads a body. Resolves names: blocks.
     *
     * @param present the stored device; {@code null} for a new one
     * @throws io.burnish.kit.api.ApiError 400 with everything that is wrong
     */
    static PowerDeviceForm of(ObjectNode body, PowerDeviceForm present, Function<Long, Optional<PowerType>> types) {
        FormErrors errors = new FormErrors();
        FormValues values = new FormValues(body, errors);
        Optional<Long> typeId =
                body.hasNonNull(TYPE) || present == null ? typeId(body, errors) : Optional.of(present.typeId());
        Optional<PowerType> type = typeId.flatMap(types);
        if (type.isEmpty() && errors.none(TYPE)) {
            errors.add(TYPE, NO_SUCH_CHOICE);
        }
        String address = address(body, errors);
        String options = kept(values, "options", 255, present == null ? null : present.options())
                .or(() -> type.map(PowerType::defaultOptions))
                .orElse(null);
        if (options != null && type.isPresent()) {
            FenceTemplate.optionsProblem(type.get().agent(), options)
                    .ifPresent(problem -> errors.add("options", problem));
        }
        PowerDeviceForm form = new PowerDeviceForm(
                typeId.orElse(0L),
                kept(values, "name", 50, present == null ? null : present.name())
                        .orElse(address),
                address,
                values.whole("port", MOST_PORT)
                        .or(() -> Optional.ofNullable(present)
                                .filter(stored -> !values.has("port"))
                                .map(PowerDeviceForm::port))
                        .orElseGet(() -> type.map(PowerType::defaultPort).orElse(0)),
                kept(values, "username", 64, present == null ? null : present.username())
                        .or(() -> type.map(PowerType::defaultUsername))
                        .orElse(""),
                options,
                values.text("password", 64));
        errors.refuseIfAny();
        return form;
    }

    private static Optional<Long> typeId(ObjectNode body, FormErrors errors) {
        if (!body.hasNonNull(TYPE)) {
            errors.add(TYPE, FormErrors.REQUIRED);
            return Optional.empty();
        }
        return Link.of(body.get(TYPE)).id("power_control_type");
    }

    private static Optional<String> kept(FormValues values, String key, int limit, String present) {
        return values.has(key) ? values.text(key, limit) : Optional.ofNullable(present);
    }

    private static String address(ObjectNode body, FormErrors errors) {
        JsonNode value = body.path("address");
        if (value.isContainerNode() || value.asText("").isBlank() || value.isNull()) {
            errors.add(ALL, "Address may not be blank");
            errors.add("address", "This field cannot be null.");
            return null;
        }
        try {
            return Ipv4Name.resolve(value.asText());
        } catch (Ipv4Name.Unusable e) {
            errors.add(ALL, e.getMessage());
            return null;
        }
    }
}
