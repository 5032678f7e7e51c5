package io.burnish.target.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A target that somebody wants, checked as far as the request's own content goes (API contract, storage 3.3).
 *
 * @param filesystemId {@code null} for an MGT
 */
record TargetForm(Long filesystemId, TargetClaim.Wanted wanted) {

    private static final List<String> MANDATORY = List.of("This field is mandatory");
    private static final String NO_INTEGER = "Must be an integer";

    /**
     * Reads the form.
     *
     * @throws ApiError 400 with the fields that are wrong
     */
    static TargetForm of(ObjectNode body) {
        Map<String, List<String>> missing = new LinkedHashMap<>();
        for (String field : List.of("kind", "volume_id")) {
            if (!body.hasNonNull(field)) {
                missing.put(field, MANDATORY);
            }
        }
        if (!missing.isEmpty()) {
            throw ApiError.fields(missing);
        }
        TargetKind kind = kind(body.get("kind").asText());
        refuseParameters(body.path("conf_params"));
        return new TargetForm(
                filesystemId(body, kind),
                new TargetClaim.Wanted(
                        "",
                        kind,
                        number(body, "volume_id"),
                        body.path("reformat").asBoolean(false),
                        false,
                        smallNumber(body, "inode_size"),
                        body.hasNonNull("inode_count") ? Long.valueOf(number(body, "inode_count")) : null,
                        smallNumber(body, "bytes_per_inode"),
                        null));
    }

    private static TargetKind kind(String text) {
        try {
            return TargetKind.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.field("kind", "Invalid target type '" + text + "' (choose from [OST,MDT,MGT])");
        }
    }

    private static void refuseParameters(JsonNode parameters) {
        for (JsonNode value : parameters) {
            if (!value.isNull()) {
                throw ApiError.field(
                        "conf_params",
                        "Configuration parameters cannot be set in this release: leave them out or null");
            }
        }
    }

    private static Long filesystemId(ObjectNode body, TargetKind kind) {
        boolean given = body.hasNonNull("filesystem_id");
        if (kind == TargetKind.MGT) {
            if (given) {
                throw ApiError.field("filesystem_id", "Cannot specify filesystem_id when creating MGT");
            }
            return null;
        }
        if (!given) {
            throw ApiError.field("filesystem_id", "Mandatory for targets of kind '" + kind.name() + "'");
        }
        return number(body, "filesystem_id");
    }

    private static Integer smallNumber(ObjectNode body, String field) {
        if (!body.hasNonNull(field)) {
            return null;
        }
        long number = number(body, field);
        if (number != (int) number) {
            throw ApiError.field(field, NO_INTEGER);
        }
        return (int) number;
    }

    /** Large numbers are texts on the wire: both forms are read. */
    private static long number(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        boolean text = value.isTextual() && value.asText().matches("-?\\d{1,18}");
        if (!text && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw ApiError.field(field, NO_INTEGER);
        }
        return value.asLong();
    }
}
