package io.burnish.kit.security;

/**
 * Who calls.
 *
 * @param userId 0 for anonymous callers and services
 * @param mayRead whether reading is allowed: always for a logged-in user, else by the anonymous-read setting
 * @param service the calling service on internal calls; {@code null} for callers that came through the gateway
 */
public record Principal(long userId, String username, Level level, boolean mayRead, String service) {

    /** Name for the audit and for reasons. */
    public String actor() {
        if (service != null) {
            return service;
        }
        return level == Level.ANONYMOUS ? "anonymous" : username;
    }
}
