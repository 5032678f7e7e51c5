package io.burnish.filesystem.clientmount;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links to other objects in bodies: {@code /api/host/5/}. */
public final class ObjectLink {

    private static final Pattern LINK = Pattern.compile("/api/(\\w+)/(\\d{1,18})/?");

    private ObjectLink() {}

    /** The id of the object of that type that a link leads to; empty if it is no such link. */
    public static Optional<Long> id(String text, ObjectType type) {
        Matcher matcher = LINK.matcher(text);
        return matcher.matches() && matcher.group(1).equals(type.resource())
                ? Optional.of(Long.valueOf(matcher.group(2)))
                : Optional.empty();
    }

    /** 400: there is no such object. */
    static ApiError notFound(String text) {
        return ApiError.badQuery("Could not find the provided object via resource URI '" + text + "'.");
    }
}
