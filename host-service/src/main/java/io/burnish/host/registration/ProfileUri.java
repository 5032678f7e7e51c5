package io.burnish.host.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Link;

/** Server profiles in request bodies: as their URI, or embedded as they were served. */
final class ProfileUri {

    private ProfileUri() {}

    /**
     * The name of the profile in a field.
     *
     * @throws ApiError 400 if the value is no profile's URI
     */
    static String required(ObjectNode body, String field) {
        Link link = Link.of(body.path(field));
        return link.key("server_profile")
                .orElseThrow(() ->
                        ApiError.badQuery("An incorrect URL was provided '%s' for the 'ServerProfileResource' resource."
                                .formatted(link.text())));
    }
}
