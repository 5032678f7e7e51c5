package io.burnish.kit.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.security.Principal;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * A request to an operation with code of its own.
 *
 * @param id from the path of a detail URL; {@code null} for list URLs
 * @param body the decoded JSON object; empty object if there was none
 */
public record Call(
        Resource resource,
        Principal principal,
        String id,
        Parameters parameters,
        ObjectNode body,
        HttpServerRequest request) {

    /**
     * The numeric id of a detail URL.
     *
     * @throws ApiError 404 if it is no id
     */
    public long numericId() {
        return NumericId.of(id).orElseThrow(ApiError::notFoundJson);
    }

    /** The caller's idempotency key, if the request carries one. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(request.getHeader("Idempotency-Key"));
    }
}
