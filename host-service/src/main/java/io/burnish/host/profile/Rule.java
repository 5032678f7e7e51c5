package io.burnish.host.profile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A condition on the properties of a server that suits a profile.
 *
 * @param test expression of the rule language, see {@link RuleParser}
 * @param description what it means, for the user
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Rule(String test, String description) {}
