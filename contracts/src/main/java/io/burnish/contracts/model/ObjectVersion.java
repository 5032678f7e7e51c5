package io.burnish.contracts.model;

/** A state of an object that somebody has seen. Versions start at 1 and only grow, one per change. */
public record ObjectVersion(ObjectRef ref, long version) {}
