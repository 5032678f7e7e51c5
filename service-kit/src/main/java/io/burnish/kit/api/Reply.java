package io.burnish.kit.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What an operation with code of its own answers. */
public sealed interface Reply {

    /** HTTP status. */
    int status();

    /**
     * JSON.
     *
     * @param location path for the Location header; {@code null}: none
     */
    record Json(int status, JsonNode body, String location) implements Reply {}

    /**
     * Nothing.
     *
     * @param location path for the Location header; {@code null}: none
     */
    record Empty(int status, String location) implements Reply {}

    /**
     * An object of the resource, read after the work is done.
     *
     * @param location whether to give its URL in the Location header
     */
    record Stored(int status, Object id, boolean location) implements Reply {}

    /** Text of some type, for example a certificate or a script. */
    record Text(int status, String contentType, String body) implements Reply {}

    /** 200 with JSON. */
    static Reply ok(JsonNode body) {
        return new Json(200, body, null);
    }

    /** 202 with JSON. */
    static Reply accepted(JsonNode body) {
        return new Json(202, body, null);
    }

    /** 204. */
    static Reply noContent() {
        return new Empty(204, null);
    }

    /** 201 with the new object and its Location. */
    static Reply created(Object id) {
        return new Stored(201, id, true);
    }

    /** 200 with the object as it is now. */
    static Reply stored(Object id) {
        return new Stored(200, id, false);
    }
}
