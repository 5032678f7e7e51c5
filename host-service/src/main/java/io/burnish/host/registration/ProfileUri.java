package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Server profiles in request bodies: as their URI, or embedded as they were served. */
final class ProfileUri {

    private static final Pattern URI = Pattern.compile("/api/server_profile/([^/]+)/?");

    private ProfileUri() {}

    /**
     * The name of the profile in a field.
     *
     * @throws ApiError 400 if the value is no profile's URI
     */
    static String required(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        String uri = value.isObject() ? value.path("resource_uri").asText() : value.asText();
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw ApiError.badQuery(
                    "An incorrect URL was provided '%s' for the 'ServerProfileResource' resource.".formatted(uri));
        }
        return matcher.group(1);
    }
}
