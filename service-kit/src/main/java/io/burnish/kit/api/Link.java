package io.burnish.kit.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link in a request: the URI of an object, or the object as it was served, which says its URI (API contract, core 1.9). The slash at
 * its end may be missing.
 *
 * @param text the URI as sent; empty if nothing was sent that could be one
 */
public record Link(String text) {

    private static final Pattern URI = Pattern.compile("/api/([a-z_]+)/([^/]+)/?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** The link that a value is. */
    public static Link of(JsonNode value) {
        JsonNode uri = value.isObject() ? value.path("resource_uri") : value;
        return new Link(uri.isNull() ? "" : uri.asText());
    }

    /** The number of the object of a resource that it leads to; empty if it is no link to one. */
    public Optional<Long> id(String resource) {
        return key(resource).filter(key -> NUMBER.matcher(key).matches()).map(Long::valueOf);
    }

    /** The key of the object of a resource, for example the name of a server profile; empty if it is no link to one. */
    public Optional<String> key(String resource) {
        Matcher matcher = URI.matcher(text);
        return matcher.matches() && matcher.group(1).equals(resource)
                ? Optional.of(matcher.group(2))
                : Optional.empty();
    }

    /** The object that it leads to; empty if it is no link, or to something that has no facts. */
    public Optional<ObjectRef> object() {
        for (ObjectType type : ObjectType.values()) {
            Optional<Long> id = id(type.resource());
            if (id.isPresent()) {
                return Optional.of(new ObjectRef(type, id.get()));
            }
        }
        return Optional.empty();
    }

    /** 400: there is no such object. */
    public ApiError leadsNowhere() {
        return ApiError.badQuery("Could not find the provided object via resource URI '" + text + "'.");
    }
}
