package io.burnish.kit.api.query;

import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Query parameters, repeated ones in order. */
public record Parameters(Map<String, List<String>> values) {

    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of());

    /** The parameters of a request. */
    public static Parameters of(MultiMap params) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        params.forEach((name, value) ->
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return new Parameters(values);
    }

    /** The last value of a parameter. */
    public Optional<String> last(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.getLast());
    }

    /** All values of a parameter; empty if absent. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Names that are present. */
    public Set<String> names() {
        return values.keySet();
    }

    /** A query string with some parameters replaced. */
    public String queryWith(Map<String, String> replaced) {
        StringBuilder query = new StringBuilder();
        values.forEach((name, all) -> {
            if (!replaced.containsKey(name)) {
                all.forEach(value -> append(query, name, value));
            }
        });
        replaced.forEach((name, value) -> append(query, name, value));
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
