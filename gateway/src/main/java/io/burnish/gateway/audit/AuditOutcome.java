package io.burnish.gateway.audit;

import java.util.UUID;

/**
 * How an attempt ended.
 *
 * @param status of the response
 * @param durationMillis from the request to the beginning of the response
 * @param accountId who it turned out to be, for log-ins; 0: as noted before
 * @param username name of that account; empty: as noted before
 */
public record AuditOutcome(UUID request, int status, long durationMillis, long accountId, String username) {}
