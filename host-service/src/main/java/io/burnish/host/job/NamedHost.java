package io.burnish.host.job;

/** A server that a step asks, with the name that people know. */
record NamedHost(long id, String label) {}
