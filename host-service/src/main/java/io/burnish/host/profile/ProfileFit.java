package io.burnish.host.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which profiles suit a server: each profile's rules, evaluated over the server's properties (API contract, core 2.18). */
public final class ProfileFit {

    private static final String PREFIX = "server_profile__";

    private record Candidate(String name, ObjectNode document, List<Rule> rules) {}

    private final List<Candidate> candidates;

    private ProfileFit(List<Candidate> candidates) {
        this.candidates = candidates;
    }

    /**
     * The profiles that a request restricts itself to by {@code server_profile__<field>=<value>}; without such parameters all.
     *
     * @throws ApiError 400 if a profile has no such field
     */
    public static ProfileFit of(Tx tx, Parameters parameters) {
        List<Candidate> candidates = new ArrayList<>();
        for (Row row : tx.query("SELECT *, rules::text AS rule_text FROM server_profile ORDER BY position")) {
            candidates.add(new Candidate(
                    row.getString("name"),
                    ServerProfiles.document(row),
                    List.of(ContractJson.read(row.getString("rule_text"), Rule[].class))));
        }
        for (String parameter : parameters.names()) {
            if (parameter.startsWith(PREFIX)) {
                String field = parameter.substring(PREFIX.length()).replaceFirst("__(exact|in)$", "");
                List<String> values = parameters.all(parameter);
                candidates.removeIf(candidate -> !matches(candidate, field, values));
            }
        }
        return new ProfileFit(candidates);
    }

    private static boolean matches(Candidate candidate, String field, List<String> values) {
        var value = candidate.document().get(field);
        if (value == null || value.isArray()) {
            throw ApiError.plainField("error", "A server profile has no field '%s' to filter on.".formatted(field));
        }
        return value.isBoolean()
                ? values.stream().allMatch(text -> text.toLowerCase(Locale.ROOT).equals("true") == value.asBoolean())
                : values.contains(value.asText());
    }

    /** The results of the rules by profile name. */
    public ObjectNode on(ObjectNode properties) {
        ObjectNode results = JsonNodeFactory.instance.objectNode();
        for (Candidate candidate : candidates) {
            ArrayNode ofProfile = results.putArray(candidate.name());
            for (Rule rule : candidate.rules()) {
                RuleResult result = RuleResult.of(rule, properties);
                ofProfile
                        .addObject()
                        .put("description", rule.description())
                        .put("error", result.error())
                        .put("pass", result.pass())
                        .put("test", rule.test());
            }
        }
        return results;
    }
}
