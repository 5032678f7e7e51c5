package io.burnish.target.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
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

    /**
     * Reads the form.
     *
     * @throws ApiError 400 with the fields that are wrong, all at once; mandatory ones that are missing alone
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
        return new Reading(body).form();
    }

    /** Collects what is wrong. */
    private static final class Reading {

        private final ObjectNode body;
        private final ObjectNode errors = JsonNodeFactory.instance.objectNode();

        Reading(ObjectNode body) {
            this.body = body;
        }

        TargetForm form() {
            TargetKind kind = kind();
            Long filesystem = filesystemId(kind);
            Long volume = number("volume_id", Long.MAX_VALUE);
            Long inodeSize = number("inode_size", Integer.MAX_VALUE);
            Long inodeCount = number("inode_count", Long.MAX_VALUE);
            Long bytesPerInode = number("bytes_per_inode", Integer.MAX_VALUE);
            JsonNode parameters = parameters(kind);
            if (!errors.isEmpty()) {
                throw ApiError.badRequest(errors);
            }
            return new TargetForm(
                    filesystem,
                    new TargetClaim.Wanted(
                            "",
                            kind,
                            volume,
                            body.path("reformat").asBoolean(false),
                            false,
                            inodeSize == null ? null : Integer.valueOf(inodeSize.intValue()),
                            inodeCount,
                            bytesPerInode == null ? null : Integer.valueOf(bytesPerInode.intValue()),
                            parameters instanceof ObjectNode object ? object : null));
        }

        private void wrong(String field, String message) {
            errors.putArray(field).add(message);
        }

        private TargetKind kind() {
            String text = body.get("kind").asText();
            try {
                return TargetKind.valueOf(text);
            } catch (IllegalArgumentException e) {
                wrong("kind", "Invalid target type '" + text + "' (choose from [OST,MDT,MGT])");
                return null;
            }
        }

        private JsonNode parameters(TargetKind kind) {
            JsonNode parameters = body.path("conf_params");
            if (kind == null || parameters.isNull() || parameters.isMissingNode()) {
                return parameters;
            }
            if (!parameters.isObject()) {
                wrong("conf_params", "Must be an object");
                return parameters;
            }
            Map<String, List<String>> problems = ConfParams.problems(ParameterKind.of(kind), parameters);
            if (!problems.isEmpty()) {
                errors.set("conf_params", ContractJson.mapper().valueToTree(problems));
            }
            return parameters;
        }

        private Long filesystemId(TargetKind kind) {
            boolean given = body.hasNonNull("filesystem_id");
            if (kind == TargetKind.MGT && given) {
                wrong("filesystem_id", "Cannot specify filesystem_id when creating MGT");
            } else if (kind != null && kind != TargetKind.MGT && !given) {
                wrong("filesystem_id", "Mandatory for targets of kind '" + kind.name() + "'");
            }
            return given && kind != TargetKind.MGT ? number("filesystem_id", Long.MAX_VALUE) : null;
        }

        /** Large numbers are texts on the wire: both forms are read. */
        private Long number(String field, long most) {
            if (!body.hasNonNull(field)) {
                return null;
            }
            JsonNode value = body.get(field);
            boolean text = value.isTextual() && value.asText().matches("-?\\d{1,18}");
            if (!text && !(value.isIntegralNumber() && value.canConvertToLong()) || value.asLong() > most) {
                wrong(field, "Must be an integer");
                return null;
            }
            return value.asLong();
        }
    }
}
