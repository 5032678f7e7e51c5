package io.burnish.filesystem.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.filesystem.clientmount.Mountpoint;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code POST /api/copytool/} asks for, checked as far as the body alone allows (API contract, storage 12.2). */
record CopytoolForm(
        long hostId, long filesystemId, String binPath, int archive, String mountpoint, String hsmArguments) {

    static final String NO_HOST = "Host not found in DB";
    static final String NO_FILESYSTEM = "Filesystem not found in DB";

    private static final List<String> MANDATORY = List.of("filesystem", "host", "bin_path", "archive", "mountpoint");
    private static final String ARGUMENTS = "hsm_arguments";
    private static final int LONGEST_PATH = 1024;
    private static final int LONGEST_ARGUMENTS = 131_072;
    private static final Map<String, String> RESERVED = reserved();

    private static Map<String, String> reserved() {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : List.of("-A", "--archive", "-q", "--quiet", "-u", "--update-interval")) {
            words.put(word, "is already automatically supplied");
        }
        words.put("--daemon", "conflicts with copytool management automation");
        for (String word : List.of("--dry-run", "-v", "--verbose")) {
            words.put(word, "makes no sense in this context");
        }
        return words;
    }

    /**
     * Reads a body.
     *
     * @param known names of the resource's fields: copies of an object may be sent, other keys are refused
     * @throws ApiError 400: the first mandatory field that is missing, or everything that is wrong
     */
    static CopytoolForm of(ObjectNode body, Set<String> known) {
        for (String field : MANDATORY) {
            if (body.path(field).isMissingNode() || body.path(field).isNull()) {
                throw ApiError.field(field, "This field is mandatory");
            }
        }
        FormErrors errors = new FormErrors();
        body.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                errors.add(field, "There is no such field");
            }
        });
        Optional<Long> host = Link.of(body.path("host")).id("host");
        Optional<Long> filesystem = Link.of(body.path("filesystem")).id("filesystem");
        Optional<Integer> archive = archive(body.path("archive"));
        String program = body.path("bin_path").asText();
        String mountpoint = body.path("mountpoint").asText();
        String arguments = body.path(ARGUMENTS).asText("");
        if (host.isEmpty()) {
            errors.add("host", NO_HOST);
        }
        if (filesystem.isEmpty()) {
            errors.add("filesystem", NO_FILESYSTEM);
        }
        if (archive.isEmpty()) {
            errors.add("archive", "Archive number must be an integer");
        }
        if (program.isBlank() || program.length() > LONGEST_PATH || unprintable(program)) {
            errors.add("bin_path", "Must be a path of 1 to " + LONGEST_PATH + " characters");
        }
        Mountpoint.problem(mountpoint).ifPresent(message -> errors.add("mountpoint", message));
        checkArguments(arguments, errors);
        errors.refuseIfAny();
        return new CopytoolForm(
                host.orElseThrow(), filesystem.orElseThrow(), program, archive.orElseThrow(), mountpoint, arguments);
    }

    private static Optional<Integer> archive(JsonNode value) {
        try {
            return value.isTextual() || value.isIntegralNumber()
                    ? Optional.of(Integer.valueOf(value.asText().strip()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void checkArguments(String arguments, FormErrors errors) {
        if (arguments.length() > LONGEST_ARGUMENTS || unprintable(arguments)) {
            errors.add(ARGUMENTS, "Must be printable text of at most " + LONGEST_ARGUMENTS + " characters");
            return;
        }
        for (String word : arguments.strip().split("\\s+")) {
            if (RESERVED.containsKey(word)) {
                errors.add(ARGUMENTS, "Invalid argument '%s': %s".formatted(word, RESERVED.get(word)));
            }
        }
    }

    private static boolean unprintable(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
