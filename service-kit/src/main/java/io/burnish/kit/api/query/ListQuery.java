package io.burnish.kit.api.query;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The filters and orderings of a list request as SQL (API contract, core 1.7 and 1.8).
 *
 * @param order what follows ORDER BY
 */
public record ListQuery(Predicate predicate, String order) {

    /** Parameters that mean something else than a field, whatever fields there are. */
    private static final java.util.Set<String> RESERVED =
            java.util.Set.of("limit", "offset", "order_by", "sort_by", "format", "callback", "username", "api_key");

    /**
     * Reads the parameters.
     *
     * @throws ApiError 400 for a filter or an ordering that is not allowed, or a value of the wrong type
     */
    public static ListQuery of(
            Resource resource, Map<String, Resource.ListParameter> custom, Parameters parameters, String defaultOrder) {
        Predicate predicate = Predicate.TRUE;
        for (String name : parameters.names()) {
            Resource.ListParameter parameter = custom.get(name);
            if (parameter != null) {
                predicate =
                        predicate.and(parameter.predicate(parameters.last(name).orElse(""), parameters));
            } else if (!RESERVED.contains(name)) {
                predicate = predicate.and(filter(resource, name, parameters.all(name)));
            }
        }
        return new ListQuery(predicate, order(resource, parameters, defaultOrder));
    }

    private static Predicate filter(Resource resource, String name, List<String> values) {
        String[] path = name.split("__", -1);
        Optional<Field> field = resource.field(path[0]);
        if (field.isEmpty()) {
            return Predicate.TRUE;
        }
        if (field.get().filter() == null) {
            throw ApiError.badQuery("The '%s' field does not allow filtering.".formatted(path[0]));
        }
        return resolve(field.get(), path).predicate(operator(field.get(), path), values);
    }

    /** Follows the path into related objects. */
    private static Filter resolve(Field field, String[] path) {
        Filter filter = field.filter();
        for (int i = 1; i < path.length; i++) {
            if (i == path.length - 1
                    && !filter.deeper().containsKey(path[i])
                    && Operator.of(path[i]).isPresent()) {
                return filter;
            }
            if (field.type() != FieldType.RELATED) {
                throw ApiError.badQuery(
                        i == path.length - 1
                                ? "'%s' is not an allowed filter on the '%s' field.".formatted(path[i], path[0])
                                : "The '%s' field does not support relations.".formatted(path[0]));
            }
            filter = filter.deeper().get(path[i]);
            if (filter == null) {
                throw ApiError.badQuery(
                        "Lookups are not allowed more than one level deep on the '%s' field.".formatted(path[0]));
            }
        }
        return filter;
    }

    private static Operator operator(Field field, String[] path) {
        Filter filter = resolve(field, path);
        String last = path[path.length - 1];
        Operator operator =
                path.length == 1 ? Operator.EXACT : Operator.of(last).orElse(Operator.EXACT);
        if (!filter.operators().contains(operator)) {
            throw ApiError.badQuery(
                    "'%s' is not an allowed filter on the '%s' field.".formatted(operator.wire(), path[0]));
        }
        return operator;
    }

    private static String order(Resource resource, Parameters parameters, String defaultOrder) {
        List<String> keys = parameters.all("order_by");
        if (keys.isEmpty()) {
            keys = parameters.all("sort_by");
        }
        List<String> order = new ArrayList<>();
        for (String key : keys) {
            for (String part : key.split(",")) {
                order.add(orderKey(resource, part.strip()));
            }
        }
        // the default order last: pages must not overlap when keys are equal
        order.add(defaultOrder);
        return String.join(", ", order);
    }

    private static String orderKey(Resource resource, String key) {
        boolean descending = key.startsWith("-");
        String name = descending ? key.substring(1) : key;
        Field field = resource.field(name)
                .orElseThrow(() -> ApiError.badQuery("No matching '%s' field for ordering on.".formatted(name)));
        if (!field.orderable()) {
            throw ApiError.badQuery("The '%s' field does not allow ordering.".formatted(name));
        }
        return field.sql() + (descending ? " DESC" : " ASC") + nulls(field, descending);
    }

    /** Null is less than any value. Where there is none nothing is said of it: no index has this order. */
    private static String nulls(Field field, boolean descending) {
        if (!field.traits().nullable()) {
            return "";
        }
        return descending ? " NULLS LAST" : " NULLS FIRST";
    }
}
