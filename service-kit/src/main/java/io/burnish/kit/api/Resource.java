package io.burnish.kit.api;

import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The declaration of a resource of the API: fields, filters, orderings, methods, and who may call them. Whatever is declared is
 * served, whatever is served is declared.
 */
public final class Resource {

    private final String name;
    private final Table table;
    private final List<Field> fields;
    private final Map<String, ListParameter> parameters;
    private final Map<HttpMethod, Operation> list;
    private final Map<HttpMethod, Operation> detail;
    private final List<Extra> extras;
    private final Function<Principal, Predicate> visibility;
    private final boolean offsetTimes;
    private final Access schemaAccess;
    private final boolean legacy;
    private final String columns;
    /** Found when it is asked for first: resources may point to each other. */
    private volatile List<Supplier<Future<?>>> states;

    Resource(ResourceBuilder builder) {
        this.name = builder.name;
        this.table = builder.table;
        this.fields = builder.fields.stream()
                .sorted(Comparator.comparing(Field::name))
                .toList();
        this.parameters = Map.copyOf(builder.parameters);
        // declaration order is the order of the Allow header
        this.list = new LinkedHashMap<>(builder.list);
        this.detail = new LinkedHashMap<>(builder.detail);
        this.extras = List.copyOf(builder.extras);
        this.visibility = builder.visibility;
        this.offsetTimes = builder.offsetTimes;
        this.schemaAccess = builder.schemaAccess;
        this.legacy = builder.legacy;
        this.columns = fields.stream()
                .map(field -> field.sql() == null ? "NULL" : field.sql())
                .collect(Collectors.joining(", "));
    }

    /** Begins the declaration of a resource. */
    public static ResourceBuilder named(String name) {
        return new ResourceBuilder(name);
    }

    /** A list parameter that is not a field: its value becomes a condition. */
    @FunctionalInterface
    public interface ListParameter {
        /**
         * The condition for a value, given all parameters.
         *
         * @throws ApiError 400 if the value is not acceptable
         */
        Predicate predicate(String value, Parameters all);

        /** A sentence about it, for OpenAPI. */
        default String help() {
            return "";
        }
    }

    record DescribedParameter(String help, ListParameter condition) implements ListParameter {
        @Override
        public Predicate predicate(String value, Parameters all) {
            return condition.predicate(value, all);
        }
    }

    /**
     * A URL below the list or the detail URL, for example {@code metric}.
     *
     * @param detail below {@code /api/<resource>/<id>/}; else below {@code /api/<resource>/}
     */
    public record Extra(String path, boolean detail, Map<HttpMethod, Operation> methods) {}

    /** Name in the URL. */
    public String name() {
        return name;
    }

    /** Where the objects are; empty for computed resources. */
    public Optional<Table> table() {
        return Optional.ofNullable(table);
    }

    /** Fields in the order of their names, which is the order on the wire. */
    public List<Field> fields() {
        return fields;
    }

    /** The field of that name. */
    public Optional<Field> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /** Parameters of the list that are not fields. */
    public Map<String, ListParameter> parameters() {
        return parameters;
    }

    /** What follows SELECT: an expression for each field, in their order. */
    String columns() {
        return columns;
    }

    /** What its objects show besides their rows, and those that they can embed: a state of each source. */
    List<Supplier<Future<?>>> states() {
        if (states == null) {
            Map<Object, Supplier<Future<?>>> found = new LinkedHashMap<>();
            collect(found, new HashSet<>());
            states = List.copyOf(found.values());
        }
        return states;
    }

    private void collect(Map<Object, Supplier<Future<?>>> found, Set<String> seen) {
        if (!seen.add(name)) {
            return;
        }
        for (Field field : fields) {
            if (field.supplement() != null) {
                found.putIfAbsent(
                        field.supplement().source(), field.supplement().source()::state);
            }
            RelationLoader loader =
                    field.relation() == null ? null : field.relation().loader();
            if (loader instanceof RelationLoader.OwnObjects own) {
                own.resource().get().collect(found, seen);
            } else if (loader != null) {
                found.putIfAbsent(loader, loader::state);
            }
        }
    }

    /** Methods of the list URL, in declaration order. */
    public Map<HttpMethod, Operation> list() {
        return list;
    }

    /** Methods of the detail URL, in declaration order. */
    public Map<HttpMethod, Operation> detail() {
        return detail;
    }

    /** Further URLs. */
    public List<Extra> extras() {
        return extras;
    }

    /** Which objects the caller may see. */
    Predicate visibleTo(Principal principal) {
        return visibility.apply(principal);
    }

    /** Whether times carry {@code +00:00}. */
    public boolean timesWithOffset() {
        return offsetTimes;
    }

    /** Who may read the schema. */
    public Access schemaAccess() {
        return schemaAccess;
    }

    /**
     * Whether the reference has the resource. One that it does not have is described by OpenAPI alone: it has no schema URL and does not
     * stand in {@code GET /api/} (design, decision 8).
     */
    public boolean legacy() {
        return legacy;
    }

    /** Who may read several objects by id: whoever may read one or list. */
    public Access setAccess() {
        Operation read = detail.getOrDefault(HttpMethod.GET, list.get(HttpMethod.GET));
        return read == null ? Access.SUPERUSER : read.access();
    }

    /** Path of the list URL. */
    public String path() {
        return "/api/" + name + "/";
    }
}
