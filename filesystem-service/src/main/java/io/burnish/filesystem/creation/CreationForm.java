package io.burnish.filesystem.creation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /api/filesystem/}, checked as far as its own content goes (API contract, storage 2.3).
 *
 * @param mgtId an MGT to use; {@code null}: one of the targets becomes it
 * @param confParams of the whole file system, name to value
 * @param targets to create: the MGT if there is a new one, then MDTs, then OSTs
 */
record CreationForm(String name, Long mgtId, Map<String, String> confParams, List<TargetClaim.Wanted> targets) {

    private static final List<String> MANDATORY = List.of("mgt", "mdts", "osts", "conf_params", "name");
    private static final String MISSING = "This field is mandatory";
    private static final int LONGEST_NAME = 8;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * Reads the form.
     *
     * @param errors takes what is wrong with it; the form is whole only if there is nothing
     * @throws ApiError 400 if fields are missing: that is told alone (API contract, storage 2.3)
     */
    static CreationForm of(ObjectNode sent, FieldErrors errors) {
        ObjectNode body = inNewForm(sent);
        Map<String, List<String>> missing = new LinkedHashMap<>();
        MANDATORY.stream()
                .filter(field -> !body.hasNonNull(field))
                .forEach(field -> missing.put(field, List.of(MISSING)));
        for (String list : List.of("mdts", "osts")) {
            if (body.hasNonNull(list)
                    && (!body.get(list).isArray() || body.get(list).isEmpty())) {
                missing.put(list, List.of(MISSING));
            }
        }
        if (!missing.isEmpty()) {
            throw ApiError.fields(missing);
        }
        JsonNode mgt = body.get("mgt");
        if (mgt.hasNonNull("id") && mgt.hasNonNull("volume_id")) {
            throw ApiError.field("mgt", "id and volume_id are mutually exclusive");
        }
        name(body.get("name"), errors);
        if (body.get("conf_params").isObject()) {
            errors.parameters(
                    null, ConfParams.problems(Optional.of(ParameterKind.FILESYSTEM), body.get("conf_params")));
        } else {
            errors.add("conf_params", "Must be an object");
        }
        List<TargetClaim.Wanted> targets = new ArrayList<>();
        if (!mgt.isObject()) {
            errors.add("mgt", "id", "Must be an object");
        } else if (mgt.hasNonNull("volume_id")) {
            targets.add(target("mgt", TargetKind.MGT, mgt, errors));
        } else if (!mgt.hasNonNull("id")) {
            errors.add("mgt", "id", "One of id or volume_id must be set");
        } else if (!mgt.get("id").asText().matches("\\d{1,18}")) {
            errors.add("mgt", "id", "Must be an integer");
        }
        body.get("mdts").forEach(one -> targets.add(target("mdts", TargetKind.MDT, one, errors)));
        body.get("osts").forEach(one -> targets.add(target("osts", TargetKind.OST, one, errors)));
        return new CreationForm(
                body.get("name").asText(),
                mgt.hasNonNull("id") ? Long.valueOf(mgt.get("id").asLong()) : null,
                errors.any()
                        ? Map.of()
                        : ConfParams.changed(ParameterKind.FILESYSTEM, Map.of(), body.get("conf_params")),
                List.copyOf(targets));
    }

    private static void name(JsonNode value, FieldErrors errors) {
        String name = value.asText();
        if (!value.isTextual()) {
            errors.add("name", "Must be a string");
        } else if (name.length() > LONGEST_NAME) {
            errors.add("name", "Name '%s' too long (max 8 characters)".formatted(name));
        } else if (name.isEmpty()) {
            errors.add("name", "Name '' too short (min 1 character)");
        } else if (name.contains(" ")) {
            errors.add("name", "Name may not contain spaces");
        } else if (!NAME.matcher(name).matches()) {
            errors.add("name", "Name may contain only letters, digits, '_' and '-'");
        }
    }

    /** The older form has one {@code mdt} in the place of {@code mdts}, and need not say anything of parameters. */
    private static ObjectNode inNewForm(ObjectNode sent) {
        if (!sent.hasNonNull("mdt")) {
            return sent;
        }
        if (sent.hasNonNull("mdts")) {
            throw ApiError.field("mdt", "mdt and mdts are mutually exclusive");
        }
        ObjectNode body = sent.deepCopy();
        body.putArray("mdts").add(sent.get("mdt"));
        if (!body.hasNonNull("conf_params")) {
            body.putObject("conf_params");
        }
        return body;
    }

    /** Whether any parameter is set. */
    boolean hasParameters() {
        return !confParams.isEmpty()
                || targets.stream().anyMatch(target -> !target.confParams().isEmpty());
    }

    private static ObjectNode parameters(String field, TargetKind kind, JsonNode one, FieldErrors errors) {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        JsonNode parameters = one.path("conf_params");
        if (parameters.isMissingNode() || parameters.isNull()) {
            return set;
        }
        if (!parameters.isObject()) {
            errors.add(field, "conf_params", "Must be an object");
            return set;
        }
        errors.parameters(field, ConfParams.problems(ParameterKind.of(kind), parameters));
        ParameterKind.of(kind)
                .ifPresent(of -> ConfParams.changed(of, Map.of(), parameters).forEach(set::put));
        return set;
    }

    private static TargetClaim.Wanted target(String field, TargetKind kind, JsonNode one, FieldErrors errors) {
        long volume = 0;
        if (!one.hasNonNull("volume_id")) {
            errors.add(field, "volume_id", MISSING);
        } else if (!one.get("volume_id").asText().matches("\\d{1,18}")) {
            errors.add(field, "volume_id", "Must be an integer");
        } else {
            volume = one.get("volume_id").asLong();
        }
        ObjectNode parameters = parameters(field, kind, one, errors);
        Long inodeCount = number(field, one, "inode_count", Long.MAX_VALUE, errors);
        Long inodeSize = number(field, one, "inode_size", Integer.MAX_VALUE, errors);
        Long bytesPerInode = number(field, one, "bytes_per_inode", Integer.MAX_VALUE, errors);
        if (inodeCount != null && bytesPerInode != null) {
            errors.add(field, "inode_count", "inode_count and bytes_per_inode are mutually exclusive");
        }
        if (inodeSize != null && bytesPerInode != null && inodeSize >= bytesPerInode) {
            errors.add(field, "inode_size", "inode_size must be less than bytes_per_inode");
        }
        return new TargetClaim.Wanted(
                field,
                kind,
                volume,
                one.path("reformat").asBoolean(false),
                one.path("root").asBoolean(false),
                inodeSize == null ? null : Integer.valueOf(inodeSize.intValue()),
                inodeCount,
                bytesPerInode == null ? null : Integer.valueOf(bytesPerInode.intValue()),
                parameters);
    }

    /** Large numbers are texts on the wire: both forms are read. */
    private static Long number(String field, JsonNode one, String key, long most, FieldErrors errors) {
        if (!one.hasNonNull(key)) {
            return null;
        }
        JsonNode value = one.get(key);
        boolean text = value.isTextual() && value.asText().matches("\\d{1,18}");
        boolean number = value.isIntegralNumber() && value.canConvertToLong();
        if (!text && !number || value.asLong() > most) {
            errors.add(field, key, "Must be an integer");
            return null;
        }
        return value.asLong();
    }
}
