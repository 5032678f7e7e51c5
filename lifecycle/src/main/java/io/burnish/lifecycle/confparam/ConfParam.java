package io.burnish.lifecycle.confparam;

/**
 * A configuration parameter of Lustre.
 *
 * @param name without what it is set on, for example {@code osc.active}
 * @param help for people who choose a value
 */
public record ConfParam(String name, ParameterKind kind, ParameterCheck check, String help) {}
