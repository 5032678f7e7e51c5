package io.burnish.host.power;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Link;
import java.util.Optional;

/**
 * A submitted outlet, complete: what was not sent is that of the stored outlet. Whether the objects that it names exist, and go
 * together, is not known yet.
 */
record OutletForm(long deviceId, String identifier, Long hostId, Boolean hasPower) {

    private static final String DEVICE = "device";
    private static final String HOST = "host";
    private static final String POWER = "has_power";

    /** Message of a device without a free outlet. */
    static String full(String device, int outlets) {
        return "Device %s is already at maximum number of outlets: %d".formatted(device, outlets);
    }

    /**
     * Reads a body.
     *
     * @param present the stored outlet; {@code null} for a new one
     * @param partial whether mandatory fields may be missing, because the stored ones stay
     * @throws io.burnish.kit.api.ApiError 400 with everything that is wrong
     */
    static OutletForm of(ObjectNode body, Outlets.Outlet present, boolean partial) {
        FormErrors errors = new FormErrors();
        FormValues values = new FormValues(body, errors);
        Long device = partial && !body.has(DEVICE) ? Long.valueOf(present.deviceId()) : device(body, errors);
        String identifier = partial && !body.has("identifier")
                ? present.identifier()
                : values.required("identifier", 254).orElse(null);
        Long host = body.has(HOST) ? host(body.get(HOST), errors) : present == null ? null : present.hostId();
        Boolean power = body.has(POWER) ? power(body.get(POWER), errors) : present == null ? null : present.hasPower();
        errors.refuseIfAny();
        return new OutletForm(device, identifier, host, power);
    }

    private static Long device(ObjectNode body, FormErrors errors) {
        JsonNode value = body.path(DEVICE);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isBlank()) {
            errors.add(DEVICE, FormErrors.REQUIRED);
            return null;
        }
        return chosen(value, "power_control_device", DEVICE, errors);
    }

    private static Long host(JsonNode value, FormErrors errors) {
        return value.isNull() ? null : chosen(value, HOST, HOST, errors);
    }

    private static Long chosen(JsonNode value, String resource, String field, FormErrors errors) {
        Optional<Long> id = Link.of(value).id(resource);
        if (id.isEmpty()) {
            errors.add(field, PowerDeviceForm.NO_SUCH_CHOICE);
        }
        return id.orElse(null);
    }

    private static Boolean power(JsonNode value, FormErrors errors) {
        if (!value.isNull() && !value.isBoolean()) {
            errors.add(POWER, "This value must be true, false or null.");
        }
        return value.isBoolean() ? value.booleanValue() : null;
    }

    OutletForm called(String newIdentifier) {
        return new OutletForm(deviceId, newIdentifier, hostId, hasPower);
    }
}
