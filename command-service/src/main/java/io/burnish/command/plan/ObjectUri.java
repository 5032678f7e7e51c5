package io.burnish.command.plan;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The object that a URI like {@code /api/target/3/} names. */
public final class ObjectUri {

    private static final Pattern URI = Pattern.compile("/api/([a-z_]+)/(\\d{1,18})/");

    private ObjectUri() {}

    /** The object; empty if the text is no such URI or names no type that jobs know. */
    public static Optional<ObjectRef> parse(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (ObjectType type : ObjectType.values()) {
            if (type.resource().equals(matcher.group(1))) {
                return Optional.of(new ObjectRef(type, Long.parseLong(matcher.group(2))));
            }
        }
        return Optional.empty();
    }
}
