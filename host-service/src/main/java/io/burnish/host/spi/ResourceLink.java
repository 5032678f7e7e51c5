package io.burnish.host.spi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links to objects in request bodies: as a URI, or embedded as they were served. */
public final class ResourceLink {

    private static final Pattern URI = Pattern.compile("/api/([a-z_]+)/([0-9]{1,18})/?");

    private ResourceLink() {}

    /** The text of a link, also of an embedded object; empty if the value is neither. */
    public static String text(JsonNode value) {
        return value.isObject() ? value.path("resource_uri").asText() : value.asText();
    }

    /** The id in a link to an object of a resource; empty if it is no such link. */
    public static OptionalLong id(JsonNode value, String resource) {
        Matcher matcher = URI.matcher(text(value));
        return matcher.matches() && matcher.group(1).equals(resource)
                ? OptionalLong.of(Long.parseLong(matcher.group(2)))
                : OptionalLong.empty();
    }
}
