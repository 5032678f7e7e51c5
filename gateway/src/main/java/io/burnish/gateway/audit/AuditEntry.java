package io.burnish.gateway.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * An attempt to change something, or to get in with a key that is not good.
 *
 * @param request identifies the attempt
 * @param accountId 0 for anonymous callers
 * @param username empty for anonymous callers
 * @param apiKey name of the key that was presented; empty: none, or one that is not good
 * @param address of the client
 * @param path without query and without secrets
 */
public record AuditEntry(
        UUID request,
        Instant at,
        long accountId,
        String username,
        String apiKey,
        String address,
        String method,
        String path) {}
