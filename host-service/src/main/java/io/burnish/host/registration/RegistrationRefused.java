package io.burnish.host.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A request of a server that is refused; undoes the transaction that it is thrown in. */
final class RegistrationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final int status;
    private final String contentType;
    private final String body;

    private RegistrationRefused(int status, String contentType, String body) {
        super(body, null, false, false);
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    /** 403 without a body: the token is unknown, expired, cancelled or used up. Which, is not said. */
    static RegistrationRefused token() {
        return new RegistrationRefused(403, TEXT, "");
    }

    /** 400 with a sentence. */
    static RegistrationRefused text(String sentence) {
        return new RegistrationRefused(400, TEXT, sentence);
    }

    /** 400 {@code {field: [message]}}. */
    static RegistrationRefused field(String field, String message) {
        return new RegistrationRefused(
                400,
                "application/json",
                JsonNodeFactory.instance
                        .objectNode()
                        .set(field, JsonNodeFactory.instance.arrayNode().add(message))
                        .toString());
    }

    /** 400 without a body. */
    static RegistrationRefused silently() {
        return text("");
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body;
    }
}
