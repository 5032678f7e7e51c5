package io.burnish.filesystem.clientmount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a file system is mounted: an absolute path of at most {@value #LONGEST} characters. It stands in {@code /etc/fstab} and on command
 * lines, so it holds no blanks and no control characters.
 */
public final class Mountpoint {

    private static final String FIELD = "mountpoint";
    private static final int LONGEST = 1024;
    private static final Pattern PATH = Pattern.compile("/[^\\s\\p{Cntrl}]*");

    private Mountpoint() {}

    /**
     * The mount point in a body.
     *
     * @throws ApiError 400 if there is none, or not a usable one
     */
    static String in(ObjectNode body) {
        JsonNode value = body.path(FIELD);
        if (value.isMissingNode() || value.isNull()) {
            throw ApiError.field(FIELD, "This field is mandatory");
        }
        problem(value.asText()).ifPresent(message -> {
            throw ApiError.field(FIELD, message);
        });
        return value.asText();
    }

    /** What is wrong with a path; empty if nothing is. */
    public static Optional<String> problem(String path) {
        if (path.length() > LONGEST) {
            return Optional.of("Must have at most " + LONGEST + " characters");
        }
        return PATH.matcher(path).matches() ? Optional.empty() : Optional.of("Must be an absolute path without blanks");
    }

    /** 400: the present client mount cannot be moved. */
    public static ApiError fixed() {
        return ApiError.field(
                FIELD,
                "The file system has another mount point on this server, where it is mounted or used by a copytool. Use that one, or unmount it and remove its copytools first.");
    }
}
