package io.burnish.gateway.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.query.Times;
import io.burnish.kit.security.Level;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user asks for with a new key, checked. */
record KeyForm(String name, KeyRole role, OffsetDateTime expires) {

    private static final int NAME_LIMIT = 64;
    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(90);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(366);
    private static final String REQUIRED = "This field is required.";

    /**
     * Reads the body of a POST.
     *
     * @param caller what the caller may do, which the key cannot exceed
     * @param now the present time
     * @throws ApiError 400 with everything that is wrong, by field
     */
    static KeyForm of(ObjectNode body, Level caller, OffsetDateTime now) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        String name = name(body.get("name"), errors);
        Optional<KeyRole> role = role(body.get("role"), caller, errors);
        Optional<OffsetDateTime> expires = expiry(body.get("expiry"), now, errors);
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
        return new KeyForm(name, role.orElseThrow(), expires.orElse(now.plus(DEFAULT_LIFETIME)));
    }

    private static String name(JsonNode value, Map<String, List<String>> errors) {
        String name = value != null && value.isTextual() ? value.textValue().strip() : "";
        if (name.isEmpty()) {
            errors.put("name", List.of(REQUIRED));
        } else if (name.codePointCount(0, name.length()) > NAME_LIMIT) {
            errors.put("name", List.of("Ensure this value has at most %d characters.".formatted(NAME_LIMIT)));
        } else if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || c >= 0xd800 && c <= 0xdfff)) {
            errors.put("name", List.of("Control characters are not allowed."));
        }
        return name;
    }

    private static Optional<KeyRole> role(JsonNode value, Level caller, Map<String, List<String>> errors) {
        if (value == null || value.isNull()) {
            errors.put("role", List.of(REQUIRED));
            return Optional.empty();
        }
        Optional<KeyRole> role = KeyRole.ofWire(value.asText());
        if (role.filter(r -> caller.includes(r.level())).isEmpty()) {
            errors.put(
                    "role",
                    List.of("A key cannot do more than you can: one of %s."
                            .formatted(String.join(", ", KeyRole.upTo(caller)))));
        }
        return role;
    }

    private static Optional<OffsetDateTime> expiry(
            JsonNode value, OffsetDateTime now, Map<String, List<String>> errors) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime expires = Times.filter(value.asText()).withOffsetSameInstant(ZoneOffset.UTC);
            if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST_LIFETIME))) {
                errors.put(
                        "expiry",
                        List.of("A key expires in the future, at most %d days from now."
                                .formatted(LONGEST_LIFETIME.toDays())));
            }
            return Optional.of(expires);
        } catch (ApiError e) {
            errors.put("expiry", List.of("Enter a time like 2030-01-31T12:00:00+00:00."));
            return Optional.empty();
        }
    }
}
