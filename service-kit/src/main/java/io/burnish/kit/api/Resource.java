package io.burnish.kit.api;

import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Principal;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    private Resource(Builder builder) {
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
    }

    /** Begins the declaration of a resource. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A list parameter that is not a field: its value becomes a condition. */
    @FunctionalInterface
    public interface ListParameter {
        /**
         * The condition for a value, given all parameters.
         *
         * @throws ApiError 400 if the value is not acceptable
         */
        Predicate predicate(String value, io.burnish.kit.api.query.Parameters all);
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

    Map<String, ListParameter> parameters() {
        return parameters;
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

    /** Declares a resource. */
    public static final class Builder {
        private final String name;
        private Table table;
        private final List<Field> fields = new ArrayList<>();
        private final Map<String, ListParameter> parameters = new LinkedHashMap<>();
        private final Map<HttpMethod, Operation> list = new LinkedHashMap<>();
        private final Map<HttpMethod, Operation> detail = new LinkedHashMap<>();
        private final List<Extra> extras = new ArrayList<>();
        private Function<Principal, Predicate> visibility = principal -> Predicate.TRUE;
        private boolean offsetTimes;
        private Access schemaAccess = Access.READ;
        private boolean legacy = true;

        private Builder(String name) {
            this.name = name;
        }

        /** Objects come from a table; {@code resource_uri} is declared with it. */
        public Builder table(Table newTable) {
            table = newTable;
            fields.add(Field.text("resource_uri", newTable.id()).mapped(id -> "/api/" + name + "/" + id + "/"));
            return this;
        }

        /** Adds fields. */
        public Builder fields(Field... more) {
            fields.addAll(List.of(more));
            return this;
        }

        /** Adds fields. */
        public Builder fields(List<Field> more) {
            fields.addAll(more);
            return this;
        }

        /** Adds a list parameter that is not a field. */
        public Builder parameter(String parameter, ListParameter condition) {
            parameters.put(parameter, condition);
            return this;
        }

        /** Restricts which objects a caller sees. */
        public Builder visible(Function<Principal, Predicate> to) {
            visibility = to;
            return this;
        }

        /** Times carry {@code +00:00}. */
        public Builder timesWithOffset() {
            offsetTimes = true;
            return this;
        }

        /** Who may read the schema, if not everybody who may read. */
        public Builder schema(Access access) {
            schemaAccess = access;
            return this;
        }

        /** New here: described by OpenAPI alone. */
        public Builder beyondLegacy() {
            legacy = false;
            return this;
        }

        /** GET of the list from the table. */
        public Builder listable(Access access) {
            list.put(HttpMethod.GET, new Operation(access, new Operation.ReadTable(), "List"));
            return this;
        }

        /** GET of one object from the table. */
        public Builder readable(Access access) {
            detail.put(HttpMethod.GET, new Operation(access, new Operation.ReadTable(), "Read one"));
            return this;
        }

        /** GET of a computed list. */
        public Builder computed(Access access, Operation.ListSource source) {
            list.put(HttpMethod.GET, new Operation(access, new Operation.Computed(source), "List"));
            return this;
        }

        /** A method of the list URL. */
        public Builder onList(HttpMethod method, Access access, String summary, Operation.Handler handler) {
            list.put(method, new Operation(access, new Operation.Custom(handler), summary));
            return this;
        }

        /** A method of the detail URL. */
        public Builder onDetail(HttpMethod method, Access access, String summary, Operation.Handler handler) {
            detail.put(method, new Operation(access, new Operation.Custom(handler), summary));
            return this;
        }

        /** A method of a URL below the list URL. */
        public Builder onListExtra(
                String path, HttpMethod method, Access access, String summary, Operation.Handler handler) {
            return extra(path, false, method, new Operation(access, new Operation.Custom(handler), summary));
        }

        /** A method of a URL below the detail URL. */
        public Builder onDetailExtra(
                String path, HttpMethod method, Access access, String summary, Operation.Handler handler) {
            return extra(path, true, method, new Operation(access, new Operation.Custom(handler), summary));
        }

        private Builder extra(String path, boolean ofDetail, HttpMethod method, Operation operation) {
            for (Extra extra : extras) {
                if (extra.path().equals(path) && extra.detail() == ofDetail) {
                    extra.methods().put(method, operation);
                    return this;
                }
            }
            Map<HttpMethod, Operation> methods = new LinkedHashMap<>();
            methods.put(method, operation);
            extras.add(new Extra(path, ofDetail, methods));
            return this;
        }

        /** The finished declaration. */
        public Resource build() {
            return new Resource(this);
        }
    }
}
