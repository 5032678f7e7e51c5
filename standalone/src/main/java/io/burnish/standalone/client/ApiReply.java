package io.burnish.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the API.
 *
 * @param status HTTP status
 * @param body its JSON; a null node if there is none
 */
public record ApiReply(int status, JsonNode body) {

    /** The body of a success. */
    public JsonNode orThrow(String what) {
        if (status >= 300) {
            throw new ApiException(what + " was refused with HTTP " + status + ": " + body, status);
        }
        return body;
    }
}
