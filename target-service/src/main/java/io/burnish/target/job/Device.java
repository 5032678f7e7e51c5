package io.burnish.target.job;

/**
 * A target's device on one server.
 *
 * @param host the server's label, for descriptions
 * @param path device path there
 */
public record Device(long hostId, String host, String path) {}
